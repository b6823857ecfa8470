// The requirements in order: passed, failed and how, not tried and why. The first that failed is explained whole; the others
// have a line each, which opens.
import { ArrowDown, Check, ChevronRight, Circle, Minus, X } from 'lucide-react'
import { type Ref, useId, useRef, useState } from 'react'
import type { AskedRequirement } from '../../../shared/check/program-check'
import { endingWords, exchangeLines, explained } from '../../../shared/check/report/lines'
import { type CheckedRequirement, tallyOf } from '../../../shared/check/result'
import { formatDuration } from '../../../shared/format'
import type { ProgramKind } from '../../../shared/program-command'
import { showExchange, useOpened } from './exchange'
import { firstFailed, resultOf, useProgramCheck } from './run'
import { SaveMenu } from './SaveMenu'

const SHOWN_EVENTS = 60

export function CheckList() {
  const check = useProgramCheck()
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map())
  const { asked, checked, request, phase } = check
  const result = resultOf(check)
  const first = firstFailed(check)
  const firstLine = useRef<HTMLButtonElement>(null)
  const returnedFrom = useOpened((state) => state.returnedFrom)
  if (request === undefined || asked.length === 0) return null
  return (
    <section className="program-check-result" aria-label="Requirements">
      <div className="program-check-sum">
        <p role="status">{sumWords(check)}</p>
        {first !== undefined && (
          <button type="button" className="button" onClick={() => goTo(firstLine.current)}>
            <ArrowDown size={15} aria-hidden="true" />
            Go to the first that failed
          </button>
        )}
        {result && phase !== 'running' && phase !== 'stopping' && <SaveMenu result={result} />}
      </div>
      <p className="program-check-dialect">{dialectWords(check)}</p>
      <ol className="program-check-list">
        {asked.map((requirement) => (
          <Row
            key={requirement.id}
            asked={requirement}
            checked={checked.get(requirement.id)}
            subject={request.program}
            isOpen={opened.get(requirement.id) ?? [first, returnedFrom].includes(requirement.id)}
            isReturned={requirement.id === returnedFrom}
            {...(requirement.id === first && { line: firstLine })}
            onOpen={(isOpen) => setOpened(new Map([...opened, [requirement.id, isOpen]]))}
          />
        ))}
      </ol>
    </section>
  )
}

function dialectWords({ dialect, phase }: ReturnType<typeof useProgramCheck.getState>): string {
  if (dialect !== undefined) return `Dialect: ${dialect}`
  return phase === 'running'
    ? 'Finding out how it spells the protocol…'
    : 'How it spells the protocol is not known.'
}

/** Its explanation is below it. */
function goTo(line: HTMLElement | null): void {
  line?.focus({ preventScroll: true })
  line?.scrollIntoView({ block: 'start' })
}

function sumWords(check: ReturnType<typeof useProgramCheck.getState>): string {
  const { asked, checked, phase, tookMs } = check
  const result = resultOf(check)
  if (phase === 'running') return `${checked.size} of ${asked.length} tried`
  if (phase === 'stopping') return 'Stopping…'
  if (result === undefined) return 'Nothing was tried.'
  const { passed, failed, notTried, points, pointsPossible } = tallyOf(result)
  const rest = notTried === 0 ? '' : `, ${notTried} not tried`
  const took = phase === 'done' ? `; ${formatDuration(tookMs)}` : ''
  return `${passed} of ${asked.length} passed, ${failed} failed${rest}; ${points} of ${pointsPossible} points${took}`
}

interface RowProps {
  asked: AskedRequirement
  checked: CheckedRequirement | undefined
  subject: ProgramKind
  isOpen: boolean
  /** The person is back from its exchange. */
  isReturned: boolean
  /** The button that opens a failed requirement. */
  line?: Ref<HTMLButtonElement>
  onOpen(isOpen: boolean): void
}

function Row({ asked, checked, subject, isOpen, isReturned, line, onOpen }: RowProps) {
  const details = useId()
  const { id, title, points } = asked
  const outcome = checked?.outcome
  const ending = checked === undefined ? '' : endingWords(checked)
  const words = (
    <>
      <span className="program-check-title">{title}</span>
      <code className="muted">{id}</code>
      {ending !== '' && <span className="program-check-ending">{ending}</span>}
    </>
  )
  const isFailed = checked?.outcome === 'failed'
  return (
    <li data-outcome={outcome?.replace(' ', '-') ?? 'waiting'}>
      <div className="program-check-row">
        <OutcomeIcon outcome={outcome} />
        {isFailed ? (
          <button
            ref={line}
            type="button"
            className="program-check-line"
            data-first-focus={isReturned ? true : undefined}
            aria-expanded={isOpen}
            aria-controls={details}
            onClick={() => onOpen(!isOpen)}
          >
            <ChevronRight size={15} className="program-check-arrow" aria-hidden="true" />
            {words}
          </button>
        ) : (
          <span className="program-check-line">{words}</span>
        )}
        <span className="program-check-points">
          {outcome === undefined ? points : `${outcome === 'passed' ? points : 0} / ${points}`}
        </span>
      </div>
      {isFailed && isOpen && (
        <div id={details} className="program-check-details">
          <Explanation checked={checked} subject={subject} />
        </div>
      )}
    </li>
  )
}

function OutcomeIcon({ outcome }: { outcome: CheckedRequirement['outcome'] | undefined }) {
  switch (outcome) {
    case 'passed':
      return <Check className="program-check-mark" size={17} aria-label="passed" />
    case 'failed':
      return <X className="program-check-mark" size={17} aria-label="failed" />
    case 'not tried':
      return <Minus className="program-check-mark" size={17} aria-label="not tried" />
    case undefined:
      return <Circle className="program-check-mark" size={13} aria-label="not tried yet" />
  }
}

interface ExplanationProps {
  checked: CheckedRequirement
  subject: ProgramKind
}

function Explanation({ checked, subject }: ExplanationProps) {
  const { id, evidence } = checked
  return (
    <>
      <dl>
        {explained(checked).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button" onClick={() => void showExchange(subject, checked)}>
        Open the exchange on the graph
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard. */}
      <section className="program-check-exchange" tabIndex={0} aria-label={`The exchange of ${id}`}>
        <pre>{exchangeLines(evidence?.exchange ?? [], SHOWN_EVENTS).join('\n')}</pre>
      </section>
    </>
  )
}
