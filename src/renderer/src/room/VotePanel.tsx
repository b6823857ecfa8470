// The panel on the canvas in which the instructor asks the class: puts a question, sees how many have answered, reveals.
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useUi } from '../choices/ui'
import { ConductView } from './ConductView'
import { EndedResults } from './EndedResults'
import { HandOutForm } from './HandOutForm'
import { ProgramsForm } from './ProgramsForm'
import { PutForm } from './PutForm'
import { askRoom, useRoom } from './room-state'
import './room.css'
import './vote.css'

export function VotePanel() {
  const isShown = useUi((ui) => ui.askOpen)
  const open = useRoom((room) => room.open)
  const error = useRoom((room) => room.error)
  const panel = useRef<HTMLElement>(null)
  const { vote } = open ?? {}
  const isAsked = vote != null && vote.about !== 'lesson'
  const view = isAsked ? `${vote.id} ${vote.round} ${vote.isRevealed} ${vote.hands}` : open?.code
  // Another view begins at the top, and the button that had the focus may be gone.
  useEffect(() => {
    if (panel.current === null) return
    panel.current.scrollTop = 0
    if (document.activeElement === document.body) panel.current.querySelector('h2')?.focus()
  }, [view, isShown])
  if (!isShown) return null
  const { setAskOpen, setRoomOpen } = useUi.getState()
  return (
    <section ref={panel} className="vote-panel" aria-label="The class">
      <header>
        <h2 tabIndex={-1}>{open?.vote ? 'The class is asked' : 'Ask the class'}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the panel"
          onClick={() => setAskOpen(false)}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      {open === null ? (
        <>
          <p className="muted">The lab is not open to a class.</p>
          <button type="button" className="button primary" onClick={() => setRoomOpen(true)}>
            Open to the room…
          </button>
          <EndedResults />
        </>
      ) : open.vote === null ? (
        <>
          <PutForm />
          {open.questions > 0 && (
            <button
              type="button"
              className="button quiet"
              onClick={() => askRoom({ kind: 'results' })}
            >
              Save the results so far (CSV)
            </button>
          )}
        </>
      ) : open.vote.about === 'lesson' ? (
        <p className="muted">The question of the lesson stands in the lesson’s text.</p>
      ) : (
        // What was typed for one round is not another's.
        <ConductView
          key={`${open.vote.id} ${open.vote.round}`}
          vote={open.vote}
          viewers={open.viewers}
        />
      )}
      {error !== '' && (
        <p
          ref={(line) => line?.scrollIntoView({ block: 'nearest' })}
          className="field-error"
          role="alert"
        >
          {error}
        </p>
      )}
      {open !== null && <HandOutForm what="client" nodes={open.clients} />}
      {open !== null && <HandOutForm what="server" nodes={open.servers} />}
      {open !== null && <ProgramsForm programs={open.programs} host={open.address} />}
    </section>
  )
}
