// The question: big buttons while it is open, that the answer has arrived, and bars when it is revealed.
import { type FormEvent, Fragment, useState } from 'react'
import {
  columnWords,
  labelOf,
  percentOf,
  type ShownVote,
  type VoteBars,
} from '../../../shared/room/vote'
import { ownAnswer, useClass } from './class-state'
import { answer } from './connection'

export function VoteView() {
  const vote = useClass((state) => state.vote)
  return (
    <section className="class-card class-vote" aria-label="The question">
      {vote === null ? (
        <p className="muted">When the instructor asks something, the question is here.</p>
      ) : (
        // Another question, or round, begins with empty fields.
        <OpenVote key={`${vote.id} ${vote.round}`} vote={vote} />
      )}
    </section>
  )
}

function OpenVote({ vote }: { vote: ShownVote }) {
  return (
    <>
      <h2 aria-live="polite">{vote.isRevealed && vote.truth ? vote.truth.words : vote.question}</h2>
      {vote.isRevealed && vote.truth && <p className="muted">{vote.question}</p>}
      {!vote.isRevealed && vote.round > 1 && (
        <p className="class-round">Vote {vote.round}: talk to your neighbour, and answer again.</p>
      )}
      {!vote.isRevealed && <Choices vote={vote} />}
      <OwnAnswer vote={vote} />
      {vote.bars !== null && <Bars bars={vote.bars} right={vote.truth?.right ?? []} />}
    </>
  )
}

function Choices({ vote }: { vote: ShownVote }) {
  switch (vote.ask.kind) {
    case 'choice':
      return <Buttons vote={vote} options={vote.ask.options} />
    case 'order':
      return <OrderButtons options={vote.ask.options} length={vote.ask.length} />
    case 'number':
      return <NumberForm unit={vote.ask.unit} />
  }
}

function Buttons({ vote, options }: { vote: ShownVote; options: readonly string[] }) {
  const given = useClass(ownAnswer)
  return (
    <fieldset className="class-options">
      <legend className="visually-hidden">{vote.question}</legend>
      {options.map((option, index) => (
        <button
          key={option}
          type="button"
          className="class-option"
          aria-pressed={given?.kind === 'choice' && given.index === index}
          onClick={() => answer({ kind: 'choice', index })}
        >
          {option}
        </button>
      ))}
    </fieldset>
  )
}

function OrderButtons({ options, length }: { options: readonly string[]; length: number }) {
  const given = useClass(ownAnswer)
  const [picked, setPicked] = useState<readonly number[]>(
    given?.kind === 'order' ? given.indexes : [],
  )
  const pick = (index: number) => {
    const next = picked.includes(index)
      ? picked.filter((one) => one !== index)
      : picked.length < length
        ? [...picked, index]
        : picked
    setPicked(next)
    if (next.length === length && next !== picked) answer({ kind: 'order', indexes: [...next] })
  }
  return (
    <fieldset className="class-options">
      <legend className="muted">
        Tap {length === options.length ? 'all of them' : `${length} of them`} in their order.
      </legend>
      {options.map((option, index) => {
        const place = picked.indexOf(index)
        return (
          <button
            key={option}
            type="button"
            className="class-option"
            aria-pressed={place >= 0}
            aria-label={place >= 0 ? `${option}, number ${place + 1}` : option}
            onClick={() => pick(index)}
          >
            {place >= 0 && <span className="class-place">{place + 1}</span>}
            {option}
          </button>
        )
      })}
    </fieldset>
  )
}

function NumberForm({ unit }: { unit: string }) {
  const given = useClass(ownAnswer)
  const [text, setText] = useState(given?.kind === 'number' ? String(given.value) : '')
  const value = Number(text.replace(',', '.'))
  const isNumber = text.trim() !== '' && Number.isFinite(value)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isNumber) answer({ kind: 'number', value })
  }
  return (
    <form className="class-number" onSubmit={send}>
      <label>
        <span className="visually-hidden">My answer</span>
        <input inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <span>{unit}</span>
      <button type="submit" className="button primary class-big" aria-disabled={!isNumber}>
        Send
      </button>
    </form>
  )
}

function OwnAnswer({ vote }: { vote: ShownVote }) {
  const given = useClass(ownAnswer)
  const isSending = useClass((state) => state.sending !== null)
  const here = useClass((state) => state.here)
  const label = given === null ? '' : labelOf(vote.ask, given)
  if (vote.isRevealed) {
    const isRight = vote.truth?.right.includes(label)
    return label === '' ? null : (
      <p className="class-own">
        You said <strong className={isRight ? 'is-right' : undefined}>{label}</strong>.
      </p>
    )
  }
  return (
    <div className="class-own">
      <p role="status">
        {given === null
          ? ''
          : isSending
            ? 'Sending your answer…'
            : `✓ Your answer is in: ${label}. You can change it until the reveal.`}
      </p>
      <p className="muted">
        {vote.answered} of {Math.max(here, vote.answered)} have answered.
      </p>
    </div>
  )
}

function Bars({ bars, right }: { bars: VoteBars; right: readonly string[] }) {
  return (
    <>
      <ul className="class-bars">
        {bars.labels.map((label, index) => {
          return (
            <li key={label} className={right.includes(label) ? 'is-right' : undefined}>
              <span className="class-bar-label">
                {label}
                {right.includes(label) && <span className="class-tick"> ✓</span>}
              </span>
              {bars.columns.map((column) => (
                <Fragment key={column.label}>
                  <span className="class-bar" aria-hidden="true">
                    <span style={{ width: `${percentOf(column, index)}%` }} />
                  </span>
                  <span className="class-bar-figure">{percentOf(column, index)} %</span>
                </Fragment>
              ))}
            </li>
          )
        })}
      </ul>
      {bars.columns.length > 1 && <p className="muted">{columnWords(bars)}</p>}
    </>
  )
}
