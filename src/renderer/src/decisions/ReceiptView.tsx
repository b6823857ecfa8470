// "Why this server?": the receipt of a decision, with the candidates in order as they were then.
import { useState } from 'react'
import { failedWords } from '../../../shared/decision/attempts'
import {
  type CandidateView,
  candidatesOf,
  receiptOf,
  textOf,
  windowOf,
} from '../../../shared/decision/words'
import type { AttemptFailure, Decision, State } from '../../../shared/state/state'
import { useIsUndisclosed } from '../lab/undisclosed'
import { policyVariable } from '../ui/theme/policy'
import { OthersView } from './OthersView'
import { CircleView } from './pictures/CircleView'
import { DrawingView } from './pictures/DrawingView'
import { circleOf, drawingOf } from './pictures/registry'

/** As many candidates as fit into a line or two. */
const MOST_CANDIDATES = 8

interface ReceiptProps {
  decision: Decision
  state: Pick<State, 'slots' | 'rows' | 'nodes' | 'watched' | 'pools' | 'decisions'>
  /** Names the decision, where its place on the screen does not. */
  about?: string
  /** Why the attempt failed, where that is known; `followed`: another attempt followed. */
  failure?: AttemptFailure | undefined
  followed?: boolean
}

export function ReceiptView({ decision, state, about, failure, followed = false }: ReceiptProps) {
  const failed = failure !== undefined || followed
  // Whose turn it was then is the answer to an open question.
  const isHidden = useIsUndisclosed(decision.policy)
  const { title, lines } = receiptOf(isHidden ? { ...decision, next: null } : decision)
  const drawing = drawingOf(decision, state)
  const circle = circleOf(decision, state)
  const isShared = decision.attempt === 1 && decision.candidates.length > 1
  return (
    <section className="receipt">
      <h3>
        {title}
        {about !== undefined && (
          <small style={{ color: policyVariable(state, decision.policy) }}>{about}</small>
        )}
      </h3>
      <ul className="receipt-lines">
        {lines.map((line) => (
          <li key={textOf(line)}>
            {line.map((word) =>
              typeof word === 'string' ? word : <b key={word.strong}>{word.strong}</b>,
            )}
          </li>
        ))}
        {failed && (
          <li>
            {failure ? failedWords(failure) : 'it failed'}
            {followed && ': another attempt followed'}
          </li>
        )}
      </ul>
      {(drawing || circle) && (
        <div style={{ '--node-colour': policyVariable(state, decision.policy) }}>
          {drawing && <DrawingView drawing={drawing} />}
          {circle && <CircleView {...circle} />}
        </div>
      )}
      {decision.candidates.length > 1 && (
        <Candidates decision={decision} state={state} failed={failed} />
      )}
      {isShared && <OthersView decision={decision} state={state} />}
    </section>
  )
}

function Candidates({
  decision,
  state,
  failed,
}: Pick<ReceiptProps, 'decision' | 'state'> & { failed: boolean }) {
  const [all, setAll] = useState(false)
  const views = candidatesOf(decision, failed)
  const { from, to } = all ? { from: 0, to: views.length } : windowOf(decision, MOST_CANDIDATES)
  const cut = views.length > MOST_CANDIDATES
  const colour = policyVariable(state, decision.policy)
  return (
    <>
      <ol className="candidates" aria-label="Candidates in order" start={from + 1}>
        {from > 0 && <li className="candidate-gap">…</li>}
        {views.slice(from, to).map((view) => (
          <Candidate key={view.server} {...view} colour={colour} />
        ))}
        {to < views.length && <li className="candidate-gap">…</li>}
      </ol>
      {cut && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${views.length}`}
        </button>
      )}
    </>
  )
}

const PARTS: Record<CandidateView['part'], string> = {
  picked: 'picked',
  failed: 'picked, and the attempt failed',
  tried: 'tried before, and failed',
  skipped: 'passed over',
  passive: '',
}

function Candidate({ server, part, turn, colour }: CandidateView & { colour: string }) {
  const words = [turn && 'its turn', PARTS[part]].filter(Boolean).join(', ')
  return (
    <li
      className={`candidate is-${part}`}
      style={part === 'picked' ? { background: colour } : undefined}
      title={words === '' ? undefined : words}
    >
      {turn && <span aria-hidden="true">▸</span>}
      {server}
      {words !== '' && <span className="visually-hidden">: {words}</span>}
    </li>
  )
}
