// A labelled text field with space for a note and an error.
import { useId } from 'react'
import { FieldError } from './FieldError'

interface FieldProps {
  label: string
  /** One line about the value's effect. */
  help?: string
  /** A line below the field, always visible. */
  note?: string
  isNumber?: boolean
  value: string
  error?: string | undefined
  list?: readonly string[] | undefined
  autoFocus?: boolean
  disabled?: boolean
  onChange(value: string): void
}

/** `list`: suggested values, beside any that can be typed. */
export function Field(props: FieldProps) {
  const {
    label,
    help,
    note = '',
    value,
    error,
    list,
    isNumber,
    autoFocus,
    disabled,
    onChange,
  } = props
  const id = useId()
  const described = [note !== '' && `${id}-note`, error !== undefined && `${id}-error`]
  return (
    <div className={isNumber ? 'field is-number' : 'field'} title={help}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this
        autoFocus={autoFocus}
        disabled={disabled}
        inputMode={isNumber ? 'decimal' : 'text'}
        aria-description={help}
        spellCheck={false}
        autoComplete="off"
        list={list ? `${id}-list` : undefined}
        aria-invalid={error !== undefined}
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      <FieldNote id={`${id}-note`} text={note} />
      <FieldError id={`${id}-error`} text={error} />
    </div>
  )
}

export function FieldNote({ id, text }: { id: string; text: string }) {
  return text === '' ? null : (
    <p id={id} className="field-note">
      {text}
    </p>
  )
}
