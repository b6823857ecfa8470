// A labelled text field with space for an error.
import { useId } from 'react'

interface FieldProps {
  label: string
  /** One line about the value's effect. */
  help?: string
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
  const { label, help, value, error, list, isNumber, autoFocus, disabled, onChange } = props
  const id = useId()
  return (
    <div className="field" title={help}>
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
        aria-describedby={error === undefined ? undefined : `${id}-error`}
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
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
