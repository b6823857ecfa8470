// The client of the lab that this person is: sends its messages, and sees which server answered.
import { type FormEvent, useState } from 'react'
import { MAX_GIVEN_PAYLOAD_CHARS } from '../../../shared/limits'
import type { GivenClient } from '../../../shared/room/given-nodes'
import { useClass } from './class-state'
import { sendMessage, wantClient } from './connection'
import { GivenCard } from './GivenCard'

export function ClientView() {
  const client = useClass((state) => state.client)
  const isOffered = useClass((state) => state.isClientOffered)
  const error = useClass((state) => state.clientError)
  return (
    <GivenCard
      kind="client"
      own={client && <OwnClient client={client} />}
      isOffered={isOffered}
      offer="You get a client of the lab. It sends a real message when you tell it to."
      onWant={wantClient}
      error={error}
    />
  )
}

function OwnClient({ client }: { client: GivenClient }) {
  const { id, policy, sent } = client
  const [payload, setPayload] = useState('')
  const isIn = useClass(({ phase }) => phase === 'in')
  const isPaused = useClass(({ moment }) => moment?.speed === 0)
  const isUnderway = sent.some(({ outcome }) => outcome === 'underway')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isIn) sendMessage(payload)
  }
  return (
    <>
      <h2>You are client {id}</h2>
      {policy !== undefined && <p className="muted">Your messages are for policy {policy}.</p>}
      <form className="class-send" onSubmit={send}>
        <label className="class-field">
          <span>
            Payload <span className="muted">(if you like)</span>
          </span>
          <input
            value={payload}
            maxLength={MAX_GIVEN_PAYLOAD_CHARS}
            autoComplete="off"
            onChange={(event) => setPayload(event.target.value)}
          />
        </label>
        <button type="submit" className="button primary class-big" aria-disabled={!isIn}>
          Send
        </button>
      </form>
      {isPaused && isUnderway && (
        <p className="muted">Time stands still. Your message goes on when it runs again.</p>
      )}
      <ul className="class-sent" aria-label="My last messages" aria-live="polite">
        {sent.map(({ number, payload: text, outcome, words }) => (
          <li key={number} className={`is-${outcome}`}>
            <strong>{words}</strong>
            <span className="muted">
              Message {number}
              {text !== '' && `, “${text}”`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
