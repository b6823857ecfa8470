// Edits a held packet, by field or as raw bytes, and previews how its receiver will read it.
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { notesOn } from '../../../shared/diagnosis/message-notes'
import { formatBytes } from '../../../shared/format'
import type { PacketId } from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import { execute } from '../lab/lab'
import { NoteLine, NoteList } from '../ui/NoteLine'
import { KIND_TITLES } from '../ui/names'
import { SegmentedControl } from '../ui/SegmentedControl'
import { EditFields } from './EditFields'
import {
  base64Of,
  bytesOf,
  draftIn,
  type EditMode,
  type Made,
  type MessageDraft,
  messageDraftOf,
  switchDraft,
  withRightSize,
} from './message-draft'

const MODES: Record<EditMode, string> = { fields: 'Fields', text: 'Text', hex: 'Hex' }

interface EditFormProps {
  packet: PacketId
  bytes: Uint8Array
  onDone(): void
}

export function EditForm({ packet, bytes, onDone }: EditFormProps) {
  const [draft, setDraft] = useState(() => messageDraftOf(bytes))
  /** Why the last attempt failed: to change the way of editing, or to apply the edit. */
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const made = bytesOf(draft)
  const form = useRef<HTMLFormElement>(null)
  // The person has just opened this form: the field that is edited most often gets the focus.
  useEffect(() => {
    const first = form.current?.querySelector('[data-first], textarea')
    if (first instanceof HTMLElement) first.focus()
  }, [])

  function change(next: MessageDraft) {
    setDraft(next)
    setProblem(undefined)
  }

  function switchTo(mode: EditMode) {
    const switched = switchDraft(draft, mode)
    if (switched.ok) change(switched.draft)
    else setProblem(switched.problem)
  }

  async function apply(andRelease: boolean) {
    if (busy) return
    if (!made.ok) {
      setProblem(made.problem)
      const wrong = form.current?.querySelector('[aria-invalid="true"]')
      if (wrong instanceof HTMLElement) wrong.focus()
      return
    }
    setBusy(true)
    let result = await execute({ type: 'edit', packet, bytes: base64Of(made.bytes) })
    if (result.ok && andRelease) result = await execute({ type: 'release', packet })
    setBusy(false)
    if (result.ok) onDone()
    else setProblem(result.error)
  }

  return (
    <form
      ref={form}
      className="edit-form"
      aria-label={`Edit packet ${packet}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void apply(false)
      }}
      onKeyDown={(event) => {
        // Keys typed here are text, not shortcuts.
        event.stopPropagation()
        if (event.key === 'Escape') onDone()
      }}
    >
      <SegmentedControl
        legend="Edit it as"
        options={MODES}
        value={draft.mode}
        onChange={switchTo}
      />
      <Editor draft={draft} made={made} onChange={change} />
      <Preview
        made={made}
        said={problem}
        onQuote={quoteWrong(draft, made, change)}
        onChange={(right) => {
          const switched = draftIn(draft.mode, right)
          if (switched.ok) change(switched.draft)
        }}
      />
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="edit-buttons">
        <button type="submit" className="button primary" aria-disabled={busy}>
          Change
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={busy}
          onClick={() => void apply(true)}
        >
          Change and release
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  )
}

interface EditorProps {
  draft: MessageDraft
  made: Made
  onChange(draft: MessageDraft): void
}

function Editor({ draft, made, onChange }: EditorProps) {
  switch (draft.mode) {
    case 'fields':
      return (
        <EditFields
          fields={draft.fields}
          wrong={made.ok ? undefined : made.field}
          onChange={(fields) => onChange({ ...draft, fields })}
        />
      )
    case 'text':
      return (
        <RawField
          label="The bytes as text"
          value={draft.text}
          onChange={(text) => onChange({ mode: 'text', text })}
        />
      )
    case 'hex':
      return (
        <RawField
          label="The bytes as hex digits"
          value={draft.hex}
          onChange={(hex) => onChange({ mode: 'hex', hex })}
        />
      )
  }
}

interface RawFieldProps {
  label: string
  value: string
  onChange(value: string): void
}

function RawField({ label, value, onChange }: RawFieldProps) {
  return (
    <textarea
      className="edit-raw"
      aria-label={label}
      rows={8}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Quotes the value that is not JSON; undefined if the mistake is another one. */
function quoteWrong(draft: MessageDraft, made: Made, change: (draft: MessageDraft) => void) {
  const wrong = made.ok ? undefined : made.field
  if (draft.mode !== 'fields' || wrong === undefined) return undefined
  const fields = draft.fields.map((field, place) =>
    place === wrong ? { ...field, value: JSON.stringify(field.value.trim()) } : field,
  )
  return () => change({ ...draft, fields })
}

interface PreviewProps {
  made: Made
  /** A problem that is shown elsewhere already. */
  said: string | undefined
  onQuote: (() => void) | undefined
  onChange(bytes: Uint8Array): void
}

/** Deferred while typing, since a message may be large. */
function Preview({ made: newest, said, onQuote, onChange }: PreviewProps) {
  const made = useDeferredValue(newest)
  if (!made.ok) {
    return (
      <div className="edit-preview" role="status">
        {made.problem !== said && <NoteLine level="fault" text={made.problem} />}
        {onQuote && (
          <button type="button" className="link" onClick={onQuote}>
            Put it in quotes
          </button>
        )}
      </div>
    )
  }
  const right = withRightSize(made.bytes)
  return (
    <div className="edit-preview" role="status">
      <p>
        The receiver will see: <b>{whatItIs(made.bytes)}</b>, {formatBytes(made.bytes.length)}
      </p>
      <NoteList notes={notesOn(made.bytes)} />
      {right && (
        <button type="button" className="link" onClick={() => onChange(right.bytes)}>
          Set payloadsize to {right.size}
        </button>
      )}
    </div>
  )
}

function whatItIs(bytes: Uint8Array): string {
  const reading = readBytes(bytes)
  if (reading.kind !== 'message') return 'bytes that are no message'
  const { message } = reading
  const kind = message.type === 2 && message.error ? 'error' : message.type
  return KIND_TITLES[kind].toLowerCase()
}
