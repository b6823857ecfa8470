// What waits at a server that answers by hand, with a field for the answer, and what has become of the latest. The field stays
// from one message to the next, so that the focus does.
import { useId, useState } from 'react'
import { type AwaitedAnswer, answersByHand } from '../../../shared/by-hand'
import { digitGroups, endedWords, failureAt, isForNobody } from '../../../shared/by-hand-words'
import { counted, formatDuration, formatTime } from '../../../shared/format'
import type { ExchangeId } from '../../../shared/ids'
import type { NodeState, State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'
import { FieldError } from '../forms'
import { execute } from '../lab/lab'
import { NoteLine } from '../ui/NoteLine'
import './by-hand.css'

interface AnswersByHandProps {
  node: NodeState
  state: State
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
}

export function AnswersByHand({ node, state, refusal }: AnswersByHandProps) {
  const { byHand, waiting = 0 } = node
  const [chosen, setChosen] = useState<ExchangeId>(0)
  if (!answersByHand(node) && (byHand === undefined || byHand.awaited.length === 0)) return null
  const { awaited = [], ended = [] } = byHand ?? {}
  const current = awaited.find(({ exchange }) => exchange === chosen) ?? awaited[0]
  return (
    <section className="by-hand">
      <h3>To answer by hand</h3>
      {awaited.length > 1 && (
        <Choice awaited={awaited} current={current?.exchange} choose={setChosen} />
      )}
      {current && <Question message={current} isForNobody={isForNobody(state, current.exchange)} />}
      {refusal === undefined && <AnswerForm server={node.id} message={current} />}
      {waiting > 0 && (
        <p className="muted">{counted(waiting, 'more message')} in the server’s queue</p>
      )}
      {/* A live region is there before what it tells. */}
      <ul className="by-hand-ended" aria-label="Ended" aria-live="polite">
        {ended.toReversed().map((one) => (
          <li key={`${one.exchange} ${one.at}`} className={`is-${one.outcome}`}>
            {shown(one.payload)} {endedWords(one, failureAt(state, one.exchange, node.protocolId))}
            <span className="muted"> · {formatDuration(one.at - one.since)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function shown(payload: string): string {
  return `“${withVisibleControls(payload)}”`
}

interface ChoiceProps {
  awaited: readonly AwaitedAnswer[]
  current: ExchangeId | undefined
  choose(exchange: ExchangeId): void
}

/** The choice of the message to answer, where several wait. */
function Choice({ awaited, current, choose }: ChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{counted(awaited.length, 'message')} at once</label>
      <select id={id} value={current} onChange={({ target }) => choose(Number(target.value))}>
        {awaited.map(({ exchange, client, payload }) => (
          <option key={exchange} value={exchange}>
            {shown(payload)} of client {client}
          </option>
        ))}
      </select>
    </div>
  )
}

function Question({ message, isForNobody }: { message: AwaitedAnswer; isForNobody: boolean }) {
  const { client, payload, hash, since } = message
  return (
    <div className="by-hand-question">
      <p>
        <strong>{shown(payload)}</strong> of client {client}{' '}
        <span className="muted">· since {formatTime(since)}</span>
      </p>
      <p className="muted">Its SHA-1, to be typed without the gaps:</p>
      <p className="by-hand-hash">
        <code>{digitGroups(hash).join(' ')}</code>
      </p>
      {isForNobody && (
        <NoteLine level="info" text="Its client has left: nobody gets this answer any more." />
      )}
    </div>
  )
}

interface FormProps {
  server: string
  /** Undefined: nothing waits. */
  message: AwaitedAnswer | undefined
}

function AnswerForm({ server, message }: FormProps) {
  const id = useId()
  const [typed, setTyped] = useState({ for: message, text: '' })
  const [error, setError] = useState<string>()
  // What was typed for a message that is gone is no answer to another one.
  const text = typed.for?.exchange === message?.exchange ? typed.text : ''
  const type = (next: string) => setTyped({ for: message, text: next })
  const send = async () => {
    if (message === undefined) return
    const { exchange } = message
    const result = await execute({ type: 'answerByHand', server, exchange, payload: text })
    setError(result.ok ? undefined : result.error)
    if (result.ok) setTyped({ for: undefined, text: '' })
  }
  return (
    <form
      className="by-hand-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="field">
        <label htmlFor={id}>
          {message === undefined
            ? 'Nothing waits for an answer'
            : `Answer · ${text.length} of 40 digits`}
        </label>
        <input
          id={id}
          value={text}
          readOnly={message === undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onChange={({ target }) => type(target.value)}
        />
        <FieldError id={`${id}-error`} text={error} />
      </div>
      <button type="submit" className="button primary" disabled={message === undefined}>
        Answer
      </button>
    </form>
  )
}
