// "In which order?": servers clicked one after another, here or on the graph, or by digits. Backspace takes the last one back.
import { Undo2 } from 'lucide-react'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { setDraft, useLesson } from '../lab/lesson'
import { choosing } from '../lab/lesson-answer'
import { chooseByDigit } from './choose-by-digit'

interface OrderQuestionProps {
  question: Extract<ShownQuestion, { kind: 'order' }>
  label: string
}

export function OrderQuestion({ question, label }: OrderQuestionProps) {
  const draft = useLesson((lesson) => lesson.draft)
  const { servers, length } = question
  const chosen = draft?.kind === 'order' ? draft.servers : []
  const isFull = chosen.length === length
  function choose(index: number) {
    const server = servers[index]
    const answer = server === undefined ? undefined : choosing(question, draft, server)
    if (answer) setDraft(answer)
  }
  const takeBack = () => setDraft({ kind: 'order', servers: chosen.slice(0, -1) })
  const byDigit = chooseByDigit(servers.length, choose)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons in it
    <div
      className="lesson-order"
      onKeyDown={(event) => {
        byDigit(event)
        if (event.key !== 'Backspace' || chosen.length === 0) return
        event.preventDefault()
        takeBack()
      }}
    >
      <ol className="lesson-places" aria-label="Your order" aria-live="polite">
        {Array.from({ length }, (_, index) => (
          // Places have no ids: their order is the key.
          <li key={index} data-filled={chosen[index] !== undefined}>
            {chosen[index] ?? '–'}
          </li>
        ))}
      </ol>
      <fieldset className="lesson-servers" aria-labelledby={label}>
        {servers.map((server, index) => (
          <button
            key={server}
            type="button"
            className="button"
            data-lesson-focus={index === 0 ? true : undefined}
            aria-disabled={isFull}
            onClick={() => choose(index)}
          >
            Server {server}
          </button>
        ))}
        <button
          type="button"
          className="button quiet"
          aria-disabled={chosen.length === 0}
          onClick={takeBack}
        >
          <Undo2 size={15} aria-hidden="true" />
          Take the last one back
        </button>
      </fieldset>
      <p className="lesson-hint">
        Click the servers in turn, here or on the graph: {length} in a row. A server may come more
        than once.
      </p>
    </div>
  )
}
