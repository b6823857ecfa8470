// "Why this server?": the receipt of a decision in words.
import type { Decision, State } from '../../../../shared/state/state'
import { policyVariable } from '../../theme/policy'

interface LastDecisionProps {
  decision: Decision
  state: Pick<State, 'rows' | 'next'>
}

export function LastDecision({ decision, state }: LastDecisionProps) {
  const { policy, server, next, skipped, position, of } = decision
  const colour = policyVariable(state, policy)
  if (server === null) {
    return (
      <section className="decision">
        <h3>Why no server?</h3>
        <ul>
          <li>
            nobody served policy <b style={{ color: colour }}>{policy}</b> when the message came
          </li>
        </ul>
      </section>
    )
  }
  const serving = [...state.rows.values()].filter((row) => row.policy === policy)
  return (
    <section className="decision">
      <h3>
        Why server {server}?
        <small style={{ color: colour }}>the last message for policy {policy}</small>
      </h3>
      <ul>
        <li>
          policy {policy} is served by <List items={serving.map((row) => row.server)} />
        </li>
        <li>
          round-robin: it was the turn of number {position + 1} of {of}, server <b>{server}</b>
        </li>
        {skipped.map((one) => (
          <li key={one.server}>
            server <b>{one.server}</b> was passed over: it is {one.reason}
          </li>
        ))}
        {next !== null && (
          <li>
            after it the turn went to <b>{next}</b>
          </li>
        )}
      </ul>
    </section>
  )
}

const MOST = 8

function List({ items }: { items: readonly string[] }) {
  const shown = items.slice(0, MOST)
  const left = items.length - shown.length
  return (
    <>
      {shown.map((item, index) => (
        <span key={item}>
          {index > 0 && (index === shown.length - 1 && left === 0 ? ' and ' : ', ')}
          <b>{item}</b>
        </span>
      ))}
      {left > 0 && ` and ${left} more`}
      {items.length === 0 && 'nobody now'}
    </>
  )
}
