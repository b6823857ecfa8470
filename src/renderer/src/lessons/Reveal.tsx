// What was expected beside what happened, the difference in a sentence, and the receipt of the decision that shows it.
import { Check, X } from 'lucide-react'
import type { Answer, Truth } from '../../../shared/lesson/answer'
import type { ShownGate, ShownQuestion, ShownReveal } from '../../../shared/lesson/lesson-line'
import { percentWords } from '../../../shared/lesson/number-words'
import { decisionsOf } from '../../../shared/state/decisions'
import { ReceiptView } from '../decisions'
import { useLab } from '../lab/lab'
import { LessonText } from './LessonText'
import './reveal.css'
import { shownAnswerWords, wrongWords } from './words'

type AskGate = Extract<ShownGate, { kind: 'ask' }>

export function Answered({ gate }: { gate: AskGate }) {
  const { question, answer, reveal } = gate
  return (
    <section className="lesson-answered" aria-label="Your answer">
      <div className="lesson-asked">
        <LessonText text={question.question} />
      </div>
      {reveal === null ? (
        <Compared question={question} answer={answer} reveal={undefined} />
      ) : (
        <>
          {answer !== null && <Verdict reveal={reveal} />}
          <Compared question={question} answer={answer} reveal={reveal} />
          {saysMore(question, reveal) && <p className="lesson-difference">{reveal.difference}</p>}
          {reveal.basis !== undefined && <p className="lesson-hint">{reveal.basis}</p>}
          <LessonText text={reveal.because} />
          {question.kind === 'server' && <Receipt reveal={reveal} />}
        </>
      )}
    </section>
  )
}

/** Whether the difference has more in it than the two answers that stand above it. */
function saysMore({ kind }: ShownQuestion, { isRight }: ShownReveal): boolean {
  return kind === 'server' || (kind === 'number' && isRight)
}

/** The receipt of the last of several decisions. It stands below the text that explains them. */
export function LastReceipt({ gate: { question, reveal } }: { gate: AskGate }) {
  return question.kind === 'order' && reveal !== null ? <Receipt reveal={reveal} /> : null
}

function Verdict({ reveal }: { reveal: ShownReveal }) {
  const { isRight } = reveal
  const Icon = isRight ? Check : X
  return (
    <p className="lesson-verdict" data-right={isRight}>
      <Icon size={20} strokeWidth={3} aria-hidden="true" />
      {isRight ? 'Right' : wrongWords(reveal)}
    </p>
  )
}

interface ComparedProps {
  question: ShownQuestion
  answer: Answer | null
  /** Undefined: what happens is not known yet. */
  reveal: ShownReveal | undefined
}

function Compared({ question, answer, reveal }: ComparedProps) {
  const truth = reveal?.truth
  if (question.kind === 'share') {
    return <ComparedShares servers={question.servers} answer={answer} truth={truth} />
  }
  return (
    <dl className="lesson-compared" data-kind={question.kind}>
      <div>
        <dt>{reveal?.isAuthors ? 'You said' : 'You expected'}</dt>
        <dd>
          <Said question={question} answer={answer} other={truth} />
        </dd>
      </div>
      <div>
        <dt>{reveal?.isAuthors ? 'The right answer' : 'What happened'}</dt>
        <dd>
          {truth === undefined ? (
            '…'
          ) : (
            <Said question={question} answer={truth} other={undefined} />
          )}
        </dd>
      </div>
    </dl>
  )
}

interface SaidProps {
  question: ShownQuestion
  answer: Answer | Truth | null
  /** What it is compared with. */
  other: Truth | undefined
}

function Said({ question, answer, other }: SaidProps) {
  if (answer === null) return <span className="muted">nothing: passed over</span>
  if (answer.kind !== 'order') return shownAnswerWords(question, answer)
  const truth = other?.kind === 'order' ? other.servers : undefined
  return (
    <ol className="lesson-places">
      {answer.servers.map((server, index) => {
        const isWrong = truth !== undefined && truth[index] !== server
        return (
          // The same server may have many places: their order is the key.
          <li key={index} data-filled data-wrong={isWrong || undefined}>
            {server}
            {isWrong && <span className="visually-hidden"> not so</span>}
          </li>
        )
      })}
    </ol>
  )
}

interface ComparedSharesProps {
  servers: readonly string[]
  answer: Answer | null
  truth: Truth | undefined
}

function ComparedShares({ servers, answer, truth }: ComparedSharesProps) {
  const shareOf = (server: string, given: Answer | Truth | null | undefined) =>
    given?.kind === 'share'
      ? (given.shares.find((share) => share.server === server)?.percent ?? 0)
      : undefined
  return (
    <table className="lesson-compared-shares">
      <thead>
        <tr>
          <th scope="col">Server</th>
          <th scope="col">You expected</th>
          <th scope="col">What happened</th>
        </tr>
      </thead>
      <tbody>
        {servers.map((server) => (
          <tr key={server}>
            <th scope="row">{server}</th>
            <ShareCell percent={shareOf(server, answer)} kind="expected" />
            <ShareCell percent={shareOf(server, truth)} kind="happened" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ShareCell({ percent, kind }: { percent: number | undefined; kind: string }) {
  return (
    <td>
      {percent === undefined ? '…' : percentWords(percent)}
      <span className={`lesson-share-bar is-${kind}`} style={{ '--share': `${percent ?? 0}%` }} />
    </td>
  )
}

/** Found in the lab's own list of packets: the exchange is named by its first packet. */
function Receipt({ reveal }: { reveal: ShownReveal }) {
  const state = useLab(({ live }) => live)
  if (reveal.decision === undefined) return null
  const { exchange, attempt } = reveal.decision
  const packet = state.packets.at(exchange - 1)
  const decision = packet && decisionsOf(packet).find((one) => one.attempt === attempt)
  return decision ? <ReceiptView decision={decision} state={state} /> : null
}
