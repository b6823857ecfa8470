// The presenter's notes, in a window of their own: what to say in this step, what is asked, and what comes next. The hall sees
// the lab's window.
import { useEffect, useState } from 'react'
import { goBack, goOn, wayOn } from '../actions/lesson'
import { useUi } from '../choices/ui'
import { openAsk, useLesson } from '../lab/lesson'
import { useLine } from '../line/line'
import './notes.css'
import { LessonText } from './LessonText'
import { phaseWords, placeWords } from './words'

export function NotesPage() {
  const view = useLesson((lesson) => lesson.view)
  const isViewer = useLine(({ role }) => role === 'viewer')
  useClickerKeys()
  useEffect(() => {
    document.title = view === null ? 'Notes – Roundabout' : `Notes: ${view.title} – Roundabout`
  }, [view])
  if (isViewer) return <Empty>Only an operator of this lab sees the notes of a lesson.</Empty>
  if (view === null) {
    return <Empty>No lesson is open. Open one in the lab’s window: its notes appear here.</Empty>
  }
  const { title = '', asks = 'nothing' } = view.steps[view.at] ?? {}
  const question = view.gate.kind === 'ask' ? view.gate.question.question : ''
  return (
    <main className="notes">
      <header>
        <p>
          {view.title} · {placeWords(view)}
        </p>
        <Elapsed />
      </header>
      <h1>{title}</h1>
      <section aria-label="Notes" className="notes-text">
        {view.notes === '' ? (
          <p className="muted">This step has no notes.</p>
        ) : (
          <LessonText text={view.notes} />
        )}
      </section>
      {asks === 'ask' && (
        <section aria-label="What is asked" className="notes-asked">
          <LessonText text={question} />
          <p className="muted">{askedWords(view)}</p>
        </section>
      )}
      {phaseWords(view) !== '' && <p className="muted">{phaseWords(view)}</p>}
      <section aria-label="The next step" className="notes-next">
        <h2>{view.next === null ? 'This is the last step.' : `Next: ${view.next.title}`}</h2>
        {view.next !== null && (
          <LessonText text={view.next.notes === '' ? view.next.text : view.next.notes} />
        )}
      </section>
      <Buttons />
      <Refusal />
    </main>
  )
}

function askedWords(view: NonNullable<ReturnType<typeof useLesson.getState>['view']>): string {
  if (openAsk(view)) return 'Answer it in the lab’s window, or reveal the class’s answer there.'
  const reveal = view.gate.kind === 'ask' ? view.gate.reveal : null
  return reveal === null ? '' : reveal.difference
}

function Empty({ children }: { children: string }) {
  return (
    <main className="notes notes-empty">
      <p>{children}</p>
    </main>
  )
}

function Buttons() {
  const view = useLesson((lesson) => lesson.view)
  const typed = useUi((ui) => ui.checkedProgram)
  if (view === null) return null
  const way = wayOn(view, null, typed)
  return (
    <footer>
      <button type="button" className="button" disabled={view.at === 0} onClick={goBack}>
        ◂ Back
      </button>
      {way !== undefined && way.label !== 'Reveal' && (
        <button
          type="button"
          className="button primary"
          disabled={way.request === undefined}
          title={way.request === undefined ? way.why : undefined}
          onClick={goOn}
        >
          {way.label}
        </button>
      )}
    </footer>
  )
}

/** Why a key did nothing. */
function Refusal() {
  const text = useUi(({ notices }) => notices.at(-1)?.text)
  return (
    <p className="muted" role="status">
      {text}
    </p>
  )
}

/** How long the notes have been open. */
function Elapsed() {
  const [minutes, setMinutes] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setMinutes((before) => before + 1), 60_000)
    return () => clearInterval(timer)
  }, [])
  return <p title="How long the notes have been open">{minutes} min</p>
}

/** A clicker sends these. */
function useClickerKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'PageDown') goOn()
      else if (event.key === 'PageUp') goBack()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
