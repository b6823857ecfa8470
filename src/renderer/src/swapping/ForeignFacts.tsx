// What is known of the program in the proxy's place, and what is not.
import { hostAndPort } from '../../../shared/addresses'
import type { ForeignState } from '../../../shared/foreign-proxy'
import { visibly } from '../../../shared/visible-controls'
import { returnProxy } from '../actions/swap'
import { useRefusal } from '../past/past'
import { choiceWords, tallyWords, unknownWords } from './words'
import './swapping.css'

export function ForeignFacts({ foreign }: { foreign: ForeignState }) {
  const isRefused = useRefusal('returnProxy') !== undefined
  const { name, host, port, takesRegistrations, last } = foreign
  const isChecked = foreign.kind === 'checked'
  if (foreign.kind === 'check') return <CheckFacts foreign={foreign} />
  return (
    <div className="foreign-section">
      {!isRefused && (
        <button type="button" className="button primary" onClick={returnProxy}>
          Back to Roundabout’s proxy
        </button>
      )}
      <section>
        <h3>What is known</h3>
        <ul className="foreign-facts">
          {port > 0 && <li>It listens on {hostAndPort(host, port)}.</li>}
          <li>
            {isChecked
              ? 'The homework check plays the servers and the clients: it sees what it sends, and what comes.'
              : 'Each message of the lab’s clients comes on a connection of its own.'}
          </li>
          {!isChecked && (
            <li>
              {takesRegistrations
                ? 'The lab’s servers have registered with it.'
                : 'Its configuration lists the servers that were in the table when it began. What you change here does not reach it: swap it in again.'}
            </li>
          )}
          <li>Seen: {tallyWords(foreign)}.</li>
          {last.map((choice) => (
            <li key={choice.policy}>
              {visibly`Policy ${choice.policy}`}: {choiceWords(choice)}.
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>What is not known</h3>
        <p>{unknownWords(foreign)}</p>
      </section>
      <section>
        <p className="muted">
          A server’s message belongs to the client’s that has the same content. Of several with the
          same content, the one that came first.
        </p>
      </section>
      {!isChecked && (
        <p className="muted">
          Roundabout’s own proxy keeps its table and its turns. Whoever connects to its port is told
          that {name} has its place.
        </p>
      )}
    </div>
  )
}

/** The check knows its own proxy: it does what the requirement asks of it. */
function CheckFacts({ foreign: { host, port } }: { foreign: ForeignState }) {
  return (
    <div className="foreign-section">
      <ul className="foreign-facts">
        {port > 0 && <li>It listens on {hostAndPort(host, port)}.</li>}
        <li>
          The homework check plays the proxy for your program: it sends what the requirement asks
          for, and sees what comes.
        </li>
      </ul>
    </div>
  )
}
