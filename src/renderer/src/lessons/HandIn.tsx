// The result of the lesson, to keep or to hand in: what was predicted and when, with a name if one likes.
import { Download } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { RESULT_FORMATS, type ResultFormat } from '../../../shared/lesson/lesson-line'
import { askLesson } from '../lab/lesson'

const WORDS: Readonly<Record<ResultFormat, { title: string; about: string }>> = {
  html: { title: 'Page to print', about: 'to read and to hand in' },
  csv: { title: 'Spreadsheet (CSV)', about: 'a row a step' },
  json: { title: 'JSON', about: 'for programs' },
}

interface HandInProps {
  /** The lesson is at its end. */
  isMain: boolean
}

export function HandIn({ isMain }: HandInProps) {
  const [name, setName] = useState('')
  const [open, setOpen] = useState(false)
  function save(format: ResultFormat) {
    const request = { kind: 'export' as const, format }
    askLesson(name.trim() === '' ? request : { ...request, name: name.trim() })
    setOpen(false)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={isMain ? 'button primary' : 'icon-button'}
        aria-label="Hand in"
        title="Hand in: save what you predicted, and when"
      >
        <Download size={isMain ? 15 : 17} aria-hidden="true" />
        {isMain && 'Hand in'}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover lesson-hand-in"
          align={isMain ? 'center' : 'end'}
          sideOffset={8}
          collisionPadding={8}
          aria-label="Hand in"
        >
          <p>
            The result lists each step: what you predicted and when, what happened, and your own
            words.
          </p>
          <label className="field">
            Your name, if you like
            <input
              value={name}
              maxLength={200}
              autoComplete="name"
              onChange={({ target }) => setName(target.value)}
            />
          </label>
          {RESULT_FORMATS.toReversed().map((format) => (
            <button
              key={format}
              type="button"
              className="latency-choice"
              onClick={() => save(format)}
            >
              {WORDS[format].title}
              <small>{WORDS[format].about}</small>
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
