// A task: what is to be done, hints one after another, whether it is done or spoilt, and the check of the person's program.
import { Check, Circle, Lightbulb, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ShownGate, ShownRequirement } from '../../../shared/lesson/lesson-line'
import { checkForLesson } from '../actions/lesson'
import { ProgramFields } from '../checking'
import { askLesson } from '../lab/lesson'
import { LessonText } from './LessonText'
import './task.css'

type TaskGate = Extract<ShownGate, { kind: 'task' }>

export function TaskView({ gate }: { gate: TaskGate }) {
  const { task, isDone, spoilt, hints, hintsLeft, check } = gate
  // With hints, or the form of a check, it would hide the text above.
  const isPinned = check === null && !isDone && hints.length === 0
  const section = useRef<HTMLElement>(null)
  const hintsBefore = useRef(hints.length)
  useEffect(() => {
    const isNew = hints.length > hintsBefore.current
    hintsBefore.current = hints.length
    if (isNew) section.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [hints.length])
  return (
    <section
      ref={section}
      className={isPinned ? 'lesson-task lesson-foot' : 'lesson-task'}
      aria-label="Task"
      data-done={isDone}
    >
      <div className="lesson-asked">
        <LessonText text={task} />
      </div>
      {isDone && (
        <p className="lesson-verdict" data-right>
          <Check size={20} strokeWidth={3} aria-hidden="true" />
          Done
        </p>
      )}
      {spoilt !== null && !isDone && (
        <div className="lesson-spoilt" role="alert">
          <p>
            <TriangleAlert size={17} aria-hidden="true" />
            {spoilt}
          </p>
          <button type="button" className="button" onClick={() => askLesson({ kind: 'again' })}>
            <RotateCcw size={15} aria-hidden="true" />
            Begin again
          </button>
        </div>
      )}
      {check && <ProgramTask check={check} isDone={isDone} />}
      {hints.length > 0 && !isDone && (
        <ol className="lesson-hints" aria-label="Hints" aria-live="polite">
          {hints.map((hint, index) => (
            // Hints follow one another in a fixed order.
            <li key={index}>
              <LessonText text={hint} />
            </li>
          ))}
        </ol>
      )}
      {hintsLeft > 0 && !isDone && (
        <button type="button" className="button" onClick={() => askLesson({ kind: 'hint' })}>
          <Lightbulb size={15} aria-hidden="true" />
          {hints.length === 0 ? 'A hint' : 'Another hint'}
          <small>{hintsLeft} left</small>
        </button>
      )}
    </section>
  )
}

interface ProgramTaskProps {
  check: NonNullable<TaskGate['check']>
  isDone: boolean
}

/** The program and its folder are those of "Check my program": what one types is remembered in both. */
function ProgramTask({ check, isDone }: ProgramTaskProps) {
  const { program, isRunning, error, requirements } = check
  const outcomes = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (isRunning) outcomes.current?.scrollIntoView({ block: 'nearest' })
  }, [isRunning])
  return (
    <form
      className="lesson-check"
      onSubmit={(event) => {
        event.preventDefault()
        checkForLesson(check)
      }}
    >
      <ProgramFields
        kind={program}
        commandLabel={`The command that starts your ${program}`}
        focusMark="data-lesson-focus"
      />
      <p className="lesson-hint">
        The command runs on this machine, with your rights, and is ended after the check.
      </p>
      {/* Before, the lesson's own button checks it. */}
      {isDone && (
        <button type="submit" className="button">
          {isRunning ? 'Stop' : 'Check it again'}
        </button>
      )}
      <p role="status">{isRunning ? 'Checking …' : ''}</p>
      {error !== '' && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {requirements.length > 0 && (
        <ul ref={outcomes} className="lesson-requirements" aria-label="Requirements">
          {requirements.map((requirement) => (
            <Requirement key={requirement.id} {...requirement} />
          ))}
        </ul>
      )}
    </form>
  )
}

function Requirement({ id, title, outcome, detail }: ShownRequirement) {
  return (
    <li data-outcome={outcome}>
      <OutcomeIcon outcome={outcome} />
      <div>
        <p>
          {title} <code className="muted">{id}</code>
        </p>
        {outcome === 'failed' && detail !== '' && (
          <div className="lesson-requirement-detail">
            <LessonText text={detail} />
          </div>
        )}
      </div>
    </li>
  )
}

function OutcomeIcon({ outcome }: Pick<ShownRequirement, 'outcome'>) {
  switch (outcome) {
    case 'passed':
      return <Check className="program-check-mark" size={17} strokeWidth={3} aria-label="passed" />
    case 'failed':
      return <X className="program-check-mark" size={17} strokeWidth={3} aria-label="failed" />
    case 'waiting':
      return <Circle className="program-check-mark" size={13} aria-label="not tried yet" />
  }
}
