// The question: big buttons while it is open, that the answer has arrived, and bars when it is revealed.
import { type FormEvent, Fragment, useState } from 'react'
import { typedNumber } from '../../../shared/room/typed-number'
import {
  answerLabel,
  columnWords,
  percentOf,
  type ShownVote,
  type VoteBars,
} from '../../../shared/room/vote'
import { ownAnswer, useClass } from './class-state'
import { giveAnswer } from './connection'
import { evenShares, withPercent } from './shares'

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
    case 'share':
      return <ShareForm options={vote.ask.options} />
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
          onClick={() => giveAnswer({ kind: 'choice', index })}
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
    if (picked.length === length) return
    const next = [...picked, index]
    setPicked(next)
    if (next.length === length) giveAnswer({ kind: 'order', indexes: next })
  }
  const places = Array.from({ length }, (_, place) => picked[place])
  return (
    <fieldset className="class-options">
      <legend className="muted">Tap {length} in their order; the same one may come again.</legend>
      <ol className="class-places" aria-label="Your order">
        {places.map((index, place) => (
          // A place has nothing but its number.
          <li key={place}>{index === undefined ? '–' : shortLabel(options[index] ?? '')}</li>
        ))}
      </ol>
      {options.map((option, index) => (
        <button
          key={option}
          type="button"
          className="class-option"
          aria-disabled={picked.length === length}
          onClick={() => pick(index)}
        >
          {option}
        </button>
      ))}
      <button
        type="button"
        className="button class-big"
        aria-disabled={picked.length === 0}
        onClick={() => setPicked(picked.slice(0, -1))}
      >
        Take back the last
      </button>
    </fieldset>
  )
}

/** Where all are servers, their ids say enough. */
function shortLabel(label: string): string {
  return label.replace(/^Server /, '')
}

function ShareForm({ options }: { options: readonly string[] }) {
  const given = useClass(ownAnswer)
  const [percents, setPercents] = useState<readonly number[]>(
    given?.kind === 'share' ? given.percents : evenShares(options.length),
  )
  return (
    <form
      className="class-shares"
      onSubmit={(event) => {
        event.preventDefault()
        giveAnswer({ kind: 'share', percents: [...percents] })
      }}
    >
      {options.map((option, index) => (
        <label key={option}>
          <span>{option}</span>
          <span className="number">{percents[index]} %</span>
          <input
            type="range"
            min={0}
            max={100}
            value={percents[index]}
            onChange={(event) =>
              setPercents(withPercent(percents, index, Number(event.target.value)))
            }
          />
        </label>
      ))}
      <button type="submit" className="button primary class-big">
        Send
      </button>
    </form>
  )
}

function NumberForm({ unit }: { unit: string }) {
  const given = useClass(ownAnswer)
  const [text, setText] = useState(given?.kind === 'number' ? String(given.value) : '')
  const [isRefused, setIsRefused] = useState(false)
  const value = typedNumber(text, unit)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setIsRefused(value === undefined)
    if (value !== undefined) giveAnswer({ kind: 'number', value })
  }
  return (
    <form className="class-number" onSubmit={send}>
      <label>
        <span className="visually-hidden">My answer</span>
        <input
          inputMode="decimal"
          value={text}
          aria-invalid={isRefused}
          onChange={(event) => {
            setText(event.target.value)
            setIsRefused(false)
          }}
        />
      </label>
      <span>{unit}</span>
      <button
        type="submit"
        className="button primary class-big"
        aria-disabled={value === undefined}
      >
        Send
      </button>
      {isRefused && (
        <p className="class-error" role="alert">
          Type a number, 12.5 for instance. Nothing was sent.
        </p>
      )}
    </form>
  )
}

function OwnAnswer({ vote }: { vote: ShownVote }) {
  const given = useClass(ownAnswer)
  const isSending = useClass((state) => state.sending !== null)
  const here = useClass((state) => state.here)
  const label = given === null ? '' : answerLabel(vote.ask, given)
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
