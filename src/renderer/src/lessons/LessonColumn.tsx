// The column of a lesson beside the graph: where one is, the step's text, what it asks for, and the way on.
import { X } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LessonView } from '../../../shared/lesson/lesson-line'
import { perform } from '../actions/actions'
import { wayOn } from '../actions/lesson'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { askLesson, openAsk, useLesson } from '../lab/lesson'
import { LessonVote } from '../room'
import { Tip } from '../ui/Tip'
import { ExplainView } from './ExplainView'
import { HandIn } from './HandIn'
import './lesson-column.css'
import { LessonText } from './LessonText'
import { Mistakes } from './Mistakes'
import { QuestionForm } from './QuestionForm'
import { Answered, LastReceipt } from './Reveal'
import { TaskView } from './TaskView'
import { phaseWords, placeWords, spokenWords, stepWords, sumWords } from './words'

export function LessonColumn() {
  const view = useLesson((lesson) => lesson.view)
  const column = useRef<HTMLElement>(null)
  useFollowStep(column, view)
  if (view === null) return null
  const isLast = view.at === view.steps.length - 1
  return (
    <aside ref={column} className="lesson" aria-label="Lesson" data-phase={view.phase}>
      <header className="lesson-head">
        <p className="lesson-name">{view.title}</p>
        <HandIn isMain={false} />
        <Tip text="Close the lesson: your progress is kept">
          <button
            type="button"
            className="icon-button"
            aria-label="Close the lesson"
            onClick={() => perform('closeLesson')}
          >
            <X size={17} aria-hidden="true" />
          </button>
        </Tip>
      </header>
      <Mistakes mistakes={view.mistakes} />
      <div className="lesson-body">
        <Dots view={view} />
        <p className="lesson-place">{placeWords(view)}</p>
        <h2 className="lesson-title" tabIndex={-1}>
          {view.steps[view.at]?.title}
        </h2>
        {view.at === 0 && view.misbelief !== null && (
          <p className="lesson-misbelief">
            <strong>Many believe:</strong> {view.misbelief}
          </p>
        )}
        <LessonText text={view.text} />
        <Phase view={view} />
        <Asked view={view} />
        <LessonText text={view.afterText} />
        {view.gate.kind === 'ask' && <LastReceipt gate={view.gate} />}
        {isLast && view.phase === 'done' && <End view={view} />}
      </div>
      <Buttons view={view} />
      <Spoken view={view} />
    </aside>
  )
}

function Dots({ view }: { view: LessonView }) {
  return (
    <ol className="lesson-dots" aria-label="Steps">
      {view.steps.map(({ outcome }, step) => (
        // Steps have no ids: their order is the key.
        <li key={step}>
          <button
            type="button"
            className="lesson-dot"
            data-outcome={outcome ?? undefined}
            aria-current={step === view.at ? 'step' : undefined}
            aria-label={stepWords(view, step)}
            title={stepWords(view, step)}
            disabled={step > view.reached}
            onClick={() => askLesson({ kind: 'goTo', step })}
          />
        </li>
      ))}
    </ol>
  )
}

/** What the lab is doing, or what keeps the step from going on. */
function Phase({ view }: { view: LessonView }) {
  const { phase, problem, program } = view
  const words = phaseWords(view)
  return (
    <>
      {words !== '' && <p className="lesson-phase">{words}</p>}
      {phase === 'programAsked' && program !== null && (
        <div className="lesson-program lesson-foot">
          <p>
            This step puts a program in the proxy’s place. It would run on this machine, with your
            rights:
          </p>
          <pre>{program}</pre>
        </div>
      )}
      {phase === 'stuck' ? (
        <p className="lesson-stuck" role="alert">
          {problem === '' ? 'What this step waits for did not happen.' : problem}
        </p>
      ) : (
        problem !== '' && <p className="lesson-stuck">{problem}</p>
      )}
    </>
  )
}

function Asked({ view }: { view: LessonView }) {
  const { gate, phase } = view
  // Before the lab is where the step begins, there is nothing to answer.
  if (phase === 'preparing' || phase === 'playing' || phase === 'programAsked') return null
  switch (gate.kind) {
    case 'ask':
      return openAsk(view) ? (
        <div className="lesson-foot">
          <QuestionForm question={gate.question} />
          <LessonVote />
        </div>
      ) : (
        <>
          <Answered gate={gate} />
          <LessonVote />
        </>
      )
    case 'task':
      return <TaskView gate={gate} />
    case 'explain':
      return <ExplainView gate={gate} />
    case 'nothing':
      return null
  }
}

function End({ view }: { view: LessonView }) {
  const sum = sumWords(view)
  return (
    <section className="lesson-end" aria-label="The end">
      <p>
        <strong>That was the lesson.</strong> {sum}
      </p>
      <HandIn isMain />
    </section>
  )
}

const GO_ON = 'Go on without'

function Buttons({ view }: { view: LessonView }) {
  const draft = useLesson((lesson) => lesson.draft)
  const typed = useUi((ui) => ui.checkedProgram)
  const way = wayOn(view, draft, typed)
  const skip = skipWords(view)
  const isFirst = view.at === 0
  return (
    <footer className="lesson-buttons">
      <button
        type="button"
        className="button"
        disabled={isFirst}
        onClick={() => askLesson({ kind: 'goTo', step: view.at - 1 })}
      >
        ◂ Back
      </button>
      <span className="lesson-buttons-gap" />
      {skip !== undefined && (
        <button type="button" className="button quiet" onClick={() => askLesson({ kind: 'skip' })}>
          {skip}
        </button>
      )}
      {way !== undefined && (
        <Tip
          text={way.request === undefined ? way.why : way.label}
          shortcut={shortcutOf('goOnWithLesson')}
        >
          <button
            type="button"
            className="button primary"
            aria-disabled={way.request === undefined}
            aria-keyshortcuts={shortcutOf('goOnWithLesson')}
            onClick={() => perform('goOnWithLesson')}
          >
            {way.label}
          </button>
        </Tip>
      )}
    </footer>
  )
}

/** Each step has a way on, whatever happens. */
function skipWords({ phase, gate }: LessonView): string | undefined {
  switch (phase) {
    case 'programAsked':
    case 'stuck':
      return GO_ON
    case 'open':
      return gate.kind === 'nothing' ? undefined : GO_ON
    default:
      return undefined
  }
}

/**
 * With another step, the column begins at its top. If the focus was in it, or nowhere, it goes to the title, so that the next
 * Tab is in the column: as the lesson begins, with another step, and when the form that had the focus gives way to the reveal.
 */
function useFollowStep(column: React.RefObject<HTMLElement | null>, view: LessonView | null) {
  const place = view === null ? '' : `${view.id} ${view.at}`
  const isRevealed = view?.gate.kind === 'ask' && view.gate.reveal !== null
  const before = useRef('')
  useLayoutEffect(() => {
    const { current } = column
    if (before.current === place || current === null) return
    before.current = place
    current.querySelector('.lesson-body')?.scrollTo(0, 0)
    if (current.contains(document.activeElement) || isFocusNowhere()) focusTitle(current)
  }, [column, place])
  useLayoutEffect(() => {
    const { current } = column
    if (!isRevealed || current === null) return
    current.querySelector('.lesson-answered')?.scrollIntoView({ block: 'start' })
    if (isFocusNowhere()) focusTitle(current)
  }, [column, isRevealed])
}

function isFocusNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

function focusTitle(column: HTMLElement): void {
  column.querySelector<HTMLElement>('.lesson-title')?.focus({ preventScroll: true })
}

/** Tells screen readers what has changed in the step. */
function Spoken({ view }: { view: LessonView }) {
  const words = spokenWords(view)
  const [said, setSaid] = useState('')
  // A live region speaks what changes in it.
  useEffect(() => setSaid(words), [words])
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  )
}
