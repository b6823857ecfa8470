// Copies the picked packets, or the selected one, in one of three forms.
import { Copy } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { counted, formatCount } from '../../../shared/format'
import { useUi } from '../choices/ui'
import { ButtonMenu } from '../ui/ButtonMenu'
import { copyPackets } from './copy'
import type { CopyForm } from './copy-text'

const FORMS: { form: CopyForm; label: string; keys?: string }[] = [
  { form: 'json', label: 'As JSON', keys: copyKeys() },
  { form: 'table', label: 'As a table' },
  { form: 'bytes', label: 'As bytes' },
]

export function CopyMenu() {
  const picked = useUi((ui) => ui.picked.size)
  const selected = useUi((ui) => ui.selection?.kind === 'packet')
  const count = picked || Number(selected)
  const words = `Copy ${counted(count, 'packet')}`
  return (
    <ButtonMenu
      name="Copy packets"
      tip={count > 0 ? words : 'Copy packets'}
      icon={
        <>
          <Copy size={16} aria-hidden="true" />
          {picked > 1 && <span className="badge">{formatCount(picked)}</span>}
        </>
      }
      heading={count > 0 ? words : 'Select packets in the list to copy them'}
    >
      {FORMS.map(({ form, label, keys }) => (
        <DropdownMenu.Item
          key={form}
          className="menu-item"
          disabled={count === 0}
          onSelect={() => void copyPackets(form)}
        >
          {label}
          {keys && <kbd>{keys}</kbd>}
        </DropdownMenu.Item>
      ))}
    </ButtonMenu>
  )
}

function copyKeys(): string {
  return /Mac/.test(navigator.userAgent) ? '⌘C' : 'Ctrl C'
}
