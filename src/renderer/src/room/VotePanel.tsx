// The panel on the canvas for the class: the instructor puts a question, sees how many have answered, reveals; hands out clients
// and servers; and lets programs join.
import { X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import type { OpenRoom } from '../../../shared/room/room-line'
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
        <h2 tabIndex={-1}>{open?.vote ? 'The class is asked' : 'The class'}</h2>
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
      ) : (
        <Parts open={open} />
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
    </section>
  )
}

/** One at a time, so that none is below the panel's lower edge. */
function Parts({ open }: { open: OpenRoom }) {
  const { clients, servers, programs } = open
  const parts: Part[] = [
    { name: 'Ask', count: 0, content: <AskView open={open} /> },
    {
      name: 'Clients',
      count: clients.given.length,
      content: <HandOutForm what="client" nodes={clients} />,
    },
    {
      name: 'Servers',
      count: servers.given.length,
      content: <HandOutForm what="server" nodes={servers} />,
    },
    {
      name: 'Programs',
      count: programs.groups.length,
      content: <ProgramsForm programs={programs} host={open.address} />,
    },
  ]
  return (
    <Tabs.Root defaultValue="Ask">
      <Tabs.List className="tabs room-tabs" aria-label="Parts of the panel">
        {parts.map(({ name, count }) => (
          <Tabs.Trigger key={name} className="tab" value={name}>
            {name}
            {count > 0 && <span className="badge"> {count}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {parts.map(({ name, content }) => (
        // What has been typed or chosen in one stays while another one is shown.
        <Tabs.Content key={name} className="room-part" value={name} tabIndex={-1} forceMount>
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}

interface Part {
  name: string
  /** Beside the name, unless it is 0. */
  count: number
  content: ReactNode
}

function AskView({ open: { vote, questions, viewers } }: { open: OpenRoom }) {
  if (vote === null) {
    return (
      <>
        <PutForm />
        {questions > 0 && (
          <button
            type="button"
            className="button quiet"
            onClick={() => askRoom({ kind: 'results' })}
          >
            Save the results so far (CSV)
          </button>
        )}
      </>
    )
  }
  if (vote.about === 'lesson') {
    return <p className="muted">The question of the lesson stands in the lesson’s text.</p>
  }
  // What was typed for one round is not another's.
  return <ConductView key={`${vote.id} ${vote.round}`} vote={vote} viewers={viewers} />
}
