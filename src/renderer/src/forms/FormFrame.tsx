// The frame of a form: Enter saves, Escape cancels, and errors about the whole form are above the buttons.
import type { FormEvent, ReactNode } from 'react'
import { isTyping } from '../actions/typing'
import './forms.css'

interface FormFrameProps {
  name: string
  error: string | undefined
  busy: boolean
  onSubmit(): void
  onCancel?: (() => void) | undefined
  children: ReactNode
}

export function FormFrame({ name, error, busy, onSubmit, onCancel, children }: FormFrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onSubmit()
  }
  return (
    <form
      className="actor-form"
      aria-label={name}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        const cancels = event.key === 'Escape' && onCancel !== undefined
        // Keys in a field are text; on a button they are shortcuts, as on any other button.
        if (cancels || isTyping(event.target)) event.stopPropagation()
        if (cancels) onCancel()
      }}
    >
      {children}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="actor-form-buttons">
        {onCancel && (
          <button type="button" className="form-button" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button type="submit" className="form-button is-primary" aria-disabled={busy}>
          Save
        </button>
      </div>
    </form>
  )
}
