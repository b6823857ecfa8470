// The frame of a form: Enter saves, Escape cancels, and errors about the whole form are above the buttons.
import type { FormEvent, ReactNode } from 'react'
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
        // Keys typed here are text, not shortcuts.
        event.stopPropagation()
        if (event.key === 'Escape') onCancel?.()
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
        <button type="submit" className="form-button is-primary" disabled={busy}>
          Save
        </button>
      </div>
    </form>
  )
}
