// The list of lessons: what each is about, how long it takes, how far one has come.
import { CheckCheck, FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { LessonInfo } from '../../../shared/lesson/lesson-line'
import { perform } from '../actions/actions'
import { useUi } from '../choices/ui'
import { askLesson, useLesson } from '../lab/lesson'
import { Modal } from '../ui/Modal'
import './lessons-dialog.css'
import { progressWords } from './words'

export function LessonsDialog() {
  const lessons = useLesson((lesson) => lesson.lessons)
  const close = () => useUi.getState().setLessonsOpen(false)
  const own = lessons?.filter(({ isShipped }) => !isShipped) ?? []
  const shipped = lessons?.filter(({ isShipped }) => isShipped) ?? []
  return (
    <Modal title="Lessons" onClose={close}>
      <div className="lessons">
        <p className="muted">
          A lesson asks before it shows: you predict, and the real messages decide. It takes the
          lab’s place; your progress is kept on this machine.
        </p>
        {lessons === undefined && <p role="status">The lessons are being listed …</p>}
        {lessons?.length === 0 && <p>There is no lesson here. Open a file that has one.</p>}
        {shipped.length > 0 && <List heading="Come with Roundabout" lessons={shipped} isNumbered />}
        {own.length > 0 && <List heading="Yours" lessons={own} />}
      </div>
      <div className="modal-actions">
        <button
          type="button"
          className="button"
          onClick={() => {
            close()
            perform('openFile')
          }}
        >
          <FolderOpen size={16} aria-hidden="true" />
          Open a lesson’s file…
        </button>
      </div>
    </Modal>
  )
}

interface ListProps {
  heading: string
  lessons: readonly LessonInfo[]
  /** The texts of the lessons call one another by their numbers. */
  isNumbered?: boolean
}

function List({ heading, lessons, isNumbered = false }: ListProps) {
  return (
    <section aria-label={heading}>
      <h3>{heading}</h3>
      <ol className={isNumbered ? 'lessons-numbered' : undefined}>
        {lessons.map((lesson) => (
          <Row key={lesson.id} lesson={lesson} />
        ))}
      </ol>
    </section>
  )
}

function Row({ lesson }: { lesson: LessonInfo }) {
  const { id, title, summary, minutes, reached, steps, isFinished } = lesson
  const isBegun = reached > 0 && !isFinished
  const [isAsked, setIsAsked] = useState(false)
  return (
    <li className="lesson-row">
      <div>
        <h4>{title}</h4>
        <p>{summary}</p>
        <p className="lesson-row-facts">
          {minutes} min · {progressWords(lesson)}
          {isFinished && <CheckCheck size={15} aria-hidden="true" />}
        </p>
        {isBegun && <progress max={steps} value={reached} aria-label={`Progress of ${title}`} />}
      </div>
      {isAsked ? (
        <BeginAnew lesson={lesson} onKeep={() => setIsAsked(false)} />
      ) : (
        <div className="lesson-row-buttons">
          {(isBegun || isFinished) && (
            <button
              type="button"
              className="button quiet"
              aria-label={`Begin ${title} anew…`}
              onClick={() => setIsAsked(true)}
            >
              Begin anew…
            </button>
          )}
          <button
            type="button"
            className={isFinished ? 'button' : 'button primary'}
            data-first-focus={isBegun ? true : undefined}
            aria-label={`${openWords(lesson)} ${title}`}
            onClick={() => askLesson({ kind: 'open', id })}
          >
            {openWords(lesson)}
          </button>
        </div>
      )}
    </li>
  )
}

/** Asks first: what was answered is lost. */
function BeginAnew({ lesson: { id, title }, onKeep }: { lesson: LessonInfo; onKeep: () => void }) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <fieldset className="lesson-row-asked">
      <legend>Delete your answers, and begin {title} from its first step?</legend>
      <button ref={keep} type="button" className="button" onClick={onKeep}>
        Keep them
      </button>
      <button
        type="button"
        className="button"
        onClick={() => askLesson({ kind: 'open', id, anew: true })}
      >
        Delete and begin
      </button>
    </fieldset>
  )
}

function openWords({ reached, isFinished }: LessonInfo): string {
  if (isFinished) return 'Look again'
  return reached > 0 ? 'Resume' : 'Begin'
}
