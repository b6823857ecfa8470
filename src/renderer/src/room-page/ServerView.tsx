// The server of the lab that this person is: shows what waits for an answer, and what became of the answers. The field stays from
// one message to the next, so that the keyboard of a phone does.
import { type FormEvent, useState } from 'react'
import { digitGroups } from '../../../shared/by-hand-words'
import { counted } from '../../../shared/format'
import { MAX_GIVEN_ANSWER_CHARS } from '../../../shared/limits'
import type { GivenServer, ToAnswer } from '../../../shared/room/given-nodes'
import { useClass } from './class-state'
import { answerByHand, wantServer } from './connection'
import { GivenCard } from './GivenCard'
import './server.css'

export function ServerView() {
  const server = useClass((state) => state.server)
  const isOffered = useClass((state) => state.isServerOffered)
  const error = useClass((state) => state.serverError)
  return (
    <GivenCard
      kind="server"
      own={server && <OwnServer server={server} />}
      isOffered={isOffered}
      offer="You get a server of the lab. Real messages come to it, and you type the answers."
      onWant={wantServer}
      error={error}
    />
  )
}

function OwnServer({ server }: { server: GivenServer }) {
  const { id, policy, awaited, waiting, ended } = server
  const [message] = awaited
  const isPaused = useClass(({ moment }) => moment?.speed === 0)
  return (
    <>
      <h2>You are server {id}</h2>
      {policy !== undefined && <p className="muted">Messages of policy {policy} come to you.</p>}
      {message !== undefined && <Question message={message} />}
      <AnswerForm message={message} />
      <p className="class-queue" role="status">
        {waiting > 0 ? `${counted(waiting, 'more message')} in your queue` : ''}
      </p>
      {isPaused && (
        <p className="muted">Time stands still. Your answers go on when it runs again.</p>
      )}
      <ul className="class-sent" aria-label="My last answers" aria-live="polite">
        {ended.map(({ exchange, at, payload, outcome, words }) => (
          <li key={`${exchange} ${at}`} className={CLASSES[outcome] ?? 'is-failed'}>
            <strong>{words}</strong>
            <span className="muted">
              Message {exchange}, “{payload}”
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const CLASSES: Readonly<Record<string, string>> = { correct: 'is-answered' }

function Question({ message }: { message: ToAnswer }) {
  const { exchange, client, payload, hash, isForNobody } = message
  return (
    <div className="class-question">
      <p>
        <strong>“{payload}”</strong>
        <span className="muted">
          {' '}
          is message {exchange}, of client {client}
        </span>
      </p>
      <p className="muted">Its hash. Type it without the gaps:</p>
      <p className="class-hash">{digitGroups(hash).join(' ')}</p>
      {isForNobody && (
        <p className="class-error">The client has left: nobody gets this answer any more.</p>
      )}
    </div>
  )
}

/** Undefined: nothing waits. */
function AnswerForm({ message }: { message: ToAnswer | undefined }) {
  const [typed, setTyped] = useState({ exchange: 0, text: '' })
  const isIn = useClass(({ phase }) => phase === 'in')
  const exchange = message?.exchange ?? 0
  // What was typed for a message that is gone is no answer to another one.
  const text = typed.exchange === exchange ? typed.text : ''
  const answer = (event: FormEvent) => {
    event.preventDefault()
    if (message !== undefined) answerByHand(exchange, text)
  }
  return (
    <form className="class-send class-answer" onSubmit={answer}>
      <label className="class-field">
        <span>
          {message === undefined ? (
            'No message waits for you'
          ) : (
            <>
              Your answer <span className="muted">({text.length} of 40 digits)</span>
            </>
          )}
        </span>
        <input
          className="class-typed"
          value={text}
          readOnly={message === undefined}
          maxLength={MAX_GIVEN_ANSWER_CHARS}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => setTyped({ exchange, text: event.target.value })}
        />
      </label>
      <button
        type="submit"
        className="button primary class-big"
        aria-disabled={message === undefined || !isIn}
      >
        Answer
      </button>
    </form>
  )
}
