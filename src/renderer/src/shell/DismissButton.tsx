// The button at the end of a notice that takes it off the screen.
import { X } from 'lucide-react'

export function DismissButton({ onDismiss }: { onDismiss(): void }) {
  return (
    <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
      <X size={16} aria-hidden="true" />
    </button>
  )
}
