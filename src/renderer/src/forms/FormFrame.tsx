// The frame of a form: Enter saves, Escape cancels, errors about the whole form are above the buttons, and the first wrong field gets
// the focus.
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { isTyping } from '../actions/typing'
import './forms.css'

interface FormFrameProps {
  name: string
  error: string | undefined
  /** The mistakes: a new list each time that saving was refused. */
  refusals: readonly unknown[]
  busy: boolean
  onSubmit(): void
  onCancel?: (() => void) | undefined
  children: ReactNode
}

export function FormFrame(props: FormFrameProps) {
  const { name, error, refusals, busy, onSubmit, onCancel, children } = props
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusals.length === 0) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.focus()
    wrong?.scrollIntoView({ block: 'center' })
  }, [refusals])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onSubmit()
  }
  return (
    <form
      ref={form}
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
