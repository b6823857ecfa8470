// The fields of a message as inputs. A string is edited as plain text, other values as JSON, so that a number differs
// from a string that looks like it.
import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import type { FieldDraft } from './message-draft'

interface EditFieldsProps {
  fields: readonly FieldDraft[]
  /** The index of a field whose value is not JSON. */
  wrong: number | undefined
  onChange(fields: readonly FieldDraft[]): void
}

export function EditFields({ fields, wrong, onChange }: EditFieldsProps) {
  const list = useRef<HTMLDivElement>(null)

  function change(place: number, parts: Partial<FieldDraft>) {
    onChange(fields.map((field, index) => (index === place ? { ...field, ...parts } : field)))
  }

  function remove(place: number) {
    onChange(fields.filter((_, index) => index !== place))
    // Keeps the focus in the list when the button disappears.
    list.current?.querySelectorAll('input')[Math.max(0, 2 * place - 1)]?.focus()
  }

  return (
    <div ref={list} className="edit-fields">
      <p className="edit-hint">Text stays text; other values must be JSON.</p>
      {fields.map(({ name, value }, place) => {
        return (
          // The key is the index, since names change while they are typed and may occur twice.
          <div key={place} className="edit-field">
            <input
              aria-label={`Name of field ${place + 1}`}
              spellCheck={false}
              autoComplete="off"
              value={name}
              onChange={(event) => change(place, { name: event.target.value })}
            />
            <input
              aria-label={`Value of ${name === '' ? `field ${place + 1}` : name}`}
              aria-invalid={place === wrong}
              spellCheck={false}
              autoComplete="off"
              data-first={name === 'payload' || undefined}
              value={value}
              onChange={(event) => change(place, { value: event.target.value })}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={`Take ${name === '' ? `field ${place + 1}` : name} out`}
              onClick={() => remove(place)}
            >
              <X size={14} aria-hidden="true" />
            </button>
          </div>
        )
      })}
      <button
        type="button"
        className="link"
        onClick={() => onChange([...fields, { name: '', value: '""' }])}
      >
        <Plus size={13} aria-hidden="true" /> Add a field
      </button>
    </div>
  )
}
