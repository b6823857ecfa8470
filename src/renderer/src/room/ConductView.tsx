// A question that has been put: how many have answered, raised hands, and reveal, vote again, end. The bars are hidden until
// the instructor shows them: this screen is the hall's.
import { Fragment, useState } from 'react'
import type { ConductedVote, RoomRequest } from '../../../shared/room/room-line'
import { typedNumber } from '../../../shared/room/typed-number'
import { columnWords, percentOf, type VoteAsk, type VoteBars } from '../../../shared/room/vote'
import { askRoom } from './room-state'

interface ConductViewProps {
  vote: ConductedVote
  /** Who is here. */
  viewers: number
}

export function ConductView({ vote, viewers }: ConductViewProps) {
  const { question, isRevealed, round, truth, bars, waitsFor, about } = vote
  const [isCounting, setIsCounting] = useState(false)
  const [right, setRight] = useState('')
  const [within, setWithin] = useState('')
  // The lesson's column has the question, the truth and the way on.
  const isOfLesson = about === 'lesson'
  const canReveal = waitsFor === '' && !isBad(right) && !isBad(within)
  return (
    <>
      {!isOfLesson && <p className="vote-question">{question}</p>}
      {!isOfLesson && isRevealed && truth !== null && <p className="vote-truth">{truth.words}</p>}
      {!isRevealed && <Answered vote={vote} viewers={viewers} />}
      {waitsFor !== '' && !isRevealed && <p className="vote-waits">{waitsFor}</p>}
      {bars !== null && <Bars bars={bars} right={truth?.right ?? []} />}
      {!isRevealed && about === 'choice' && vote.ask.kind === 'choice' && (
        <RightField options={vote.ask.options} value={right} onChange={setRight} />
      )}
      {!isRevealed && about === 'number' && (
        <>
          <NumberField id="vote-right" label={RIGHT} value={right} onChange={setRight} />
          <NumberField id="vote-within" label={WITHIN} value={within} onChange={setWithin} />
        </>
      )}
      {!isRevealed && isCounting && vote.ask.kind === 'choice' && (
        <Hands options={vote.ask.options} hands={vote.hands} onDone={() => setIsCounting(false)} />
      )}
      <div className="vote-actions">
        {isRevealed ? (
          !isOfLesson && (
            <button
              type="button"
              className="button primary"
              onClick={() => askRoom({ kind: 'endVote' })}
            >
              Next question
            </button>
          )
        ) : (
          <>
            <button
              type="button"
              className={isOfLesson ? 'button' : 'button primary'}
              aria-disabled={!canReveal}
              onClick={() => canReveal && askRoom(revealRequest(vote.ask, right, within))}
            >
              {isOfLesson ? 'Reveal with the class’s answer' : 'Reveal'}
            </button>
            <button
              type="button"
              className="button"
              title="Everybody talks to a neighbour and answers once more"
              onClick={() => askRoom({ kind: 'voteAgain' })}
            >
              Vote again
            </button>
            <button
              type="button"
              className="button"
              onClick={() => askRoom({ kind: 'showBars', shown: bars === null })}
            >
              {bars === null ? 'Show the bars' : 'Hide the bars'}
            </button>
            {vote.ask.kind === 'choice' && !isCounting && (
              <button type="button" className="button" onClick={() => setIsCounting(true)}>
                Raised hands…
              </button>
            )}
            {!isOfLesson && (
              <button
                type="button"
                className="button quiet"
                onClick={() => askRoom({ kind: 'endVote' })}
              >
                End the question
              </button>
            )}
          </>
        )}
      </div>
      {round > 1 && !isRevealed && <p className="muted">This is vote {round}.</p>}
    </>
  )
}

function revealRequest(ask: VoteAsk, right: string, within: string): RoomRequest {
  const value = typedNumber(right)
  if (value === undefined) return { kind: 'reveal' }
  if (ask.kind !== 'number') return { kind: 'reveal', right: [value] }
  return { kind: 'reveal', right: value, within: Math.abs(typedNumber(within) ?? 0) }
}

function isBad(text: string): boolean {
  return text.trim() !== '' && typedNumber(text) === undefined
}

function Answered({ vote, viewers }: ConductViewProps) {
  const { answered, hands } = vote
  const of = Math.max(viewers, answered)
  const raised = hands.reduce((sum, count) => sum + count, 0)
  return (
    <div className="vote-answered">
      <p>
        <strong>{answered}</strong> of {of} have answered
        {raised > 0 && `, and ${raised} by hand`}
        {vote.bars === null && <span className="muted"> · hidden until you reveal</span>}
      </p>
      <span className="vote-track" aria-hidden="true">
        <span style={{ width: `${of === 0 ? 0 : (100 * answered) / of}%` }} />
      </span>
    </div>
  )
}

const RIGHT = 'What is right (shown with the reveal)'
const WITHIN = '± how far off is right as well'

interface RightFieldProps {
  options: readonly string[]
  value: string
  onChange(value: string): void
}

function RightField({ options, value, onChange }: RightFieldProps) {
  return (
    <div className="field">
      <label htmlFor="vote-right">{RIGHT}</label>
      <select id="vote-right" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Nothing is right or wrong</option>
        {options.map((option, index) => (
          <option key={option} value={index}>
            {option}
          </option>
        ))}
      </select>
    </div>
  )
}

interface NumberFieldProps {
  id: string
  label: string
  value: string
  onChange(value: string): void
}

function NumberField({ id, label, value, onChange }: NumberFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        value={value}
        aria-invalid={isBad(value)}
        aria-describedby={isBad(value) ? `${id}-bad` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {isBad(value) && (
        <p id={`${id}-bad`} className="field-error">
          This is no number: type one, such as 12.5, without its unit.
        </p>
      )}
    </div>
  )
}

interface HandsProps {
  options: readonly string[]
  hands: readonly number[]
  onDone: () => void
}

/** For a hall without devices, or beside them. */
function Hands({ options, hands, onDone }: HandsProps) {
  const [counts, setCounts] = useState(() => options.map((_, index) => String(hands[index] ?? '')))
  return (
    <form
      className="vote-hands"
      onSubmit={(event) => {
        event.preventDefault()
        const numbers = counts.map((text) => Math.max(0, Math.round(Number(text) || 0)))
        askRoom({ kind: 'hands', counts: numbers })
        onDone()
      }}
    >
      {options.map((option, index) => (
        <label key={option}>
          <span>{option}</span>
          <input
            type="number"
            min={0}
            max={10_000}
            value={counts[index]}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for these fields
            autoFocus={index === 0}
            onChange={(event) =>
              setCounts(counts.map((text, at) => (at === index ? event.target.value : text)))
            }
          />
        </label>
      ))}
      <button type="submit" className="button">
        Count these hands
      </button>
    </form>
  )
}

function Bars({ bars, right }: { bars: VoteBars; right: readonly string[] }) {
  return (
    <>
      <ul className="vote-bars">
        {bars.labels.map((label, index) => (
          <li key={label} className={right.includes(label) ? 'is-right' : undefined}>
            <span className="vote-label">
              {label}
              {right.includes(label) && ' ✓'}
            </span>
            {bars.columns.map((column) => (
              <Fragment key={column.label}>
                <span
                  className="vote-track"
                  title={`${column.label}: ${column.counts[index] ?? 0}`}
                  aria-hidden="true"
                >
                  <span style={{ width: `${percentOf(column, index)}%` }} />
                </span>
                <span className="number">{percentOf(column, index)} %</span>
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
      {bars.columns.length > 1 && <p className="muted">{columnWords(bars)}</p>}
    </>
  )
}
