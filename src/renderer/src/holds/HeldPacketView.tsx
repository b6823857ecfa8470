// A held packet: which breakpoint holds it, and buttons to release, edit, duplicate and drop it.
import { Copy, Pencil, Play, Trash2 } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Command } from '../../../shared/commands'
import type { Packet, State } from '../../../shared/state/state'
import { run } from '../actions/actions'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { usePast } from '../past/past'
import { HaloIcon } from '../ui/PacketIcon'
import { Tip } from '../ui/Tip'
import { EditForm } from './EditForm'

interface HeldProps {
  packet: Packet
  held: NonNullable<Packet['held']>
  state: Pick<State, 'breakpoints'>
}

export function HeldPacketView({ packet, held, state }: HeldProps) {
  const now = usePast(({ view }) => view === 'now')
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    // On release this section disappears, and the focus in it moves to the title.
    return () => {
      const inspector = element?.closest('.inspector')
      if (!element?.contains(document.activeElement)) return
      queueMicrotask(() => {
        const title = inspector?.querySelector('.inspector-title')
        if (title instanceof HTMLElement) title.focus()
      })
    }
  }, [])
  return (
    <section ref={box} className="held-box">
      <p className="held-why">
        <HaloIcon size={16} />
        <span>
          <Why held={held} state={state} />
        </span>
      </p>
      {now && <Actions packet={packet} />}
    </section>
  )
}

function Why({ held: { breakpoint, behind }, state }: Omit<HeldProps, 'packet'>) {
  if (behind !== null) {
    return (
      <>
        It waits behind{' '}
        <button
          type="button"
          className="link"
          onClick={() => useUi.getState().select({ kind: 'packet', id: behind })}
        >
          packet {behind}
        </button>
        , which is held on the same connection: bytes do not overtake one another.
      </>
    )
  }
  const found = breakpoint === null ? undefined : state.breakpoints.get(breakpoint)
  if (found) {
    return (
      <>
        Held by the breakpoint <code>{found.filter}</code>. Its bytes are not delivered.
      </>
    )
  }
  return 'Held until you release it: its bytes are not delivered.'
}

/** One action at a time: a second click before the first is done would concern a packet that is gone. */
function Actions({ packet: { id, bytes } }: Pick<HeldProps, 'packet'>) {
  const [editing, setEditing] = useState(false)
  const [busy, setBusy] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const hasEdited = useRef(false)
  // Restores the focus after the form closes.
  useEffect(() => {
    if (!editing && hasEdited.current) editButton.current?.focus()
    hasEdited.current = editing
  }, [editing])

  async function ask(command: Command) {
    if (busy) return
    setBusy(true)
    await run(command)
    setBusy(false)
  }

  if (editing) return <EditForm packet={id} bytes={bytes} onDone={() => setEditing(false)} />
  return (
    <div className="held-actions">
      <Tip text="Let it go on its way" shortcut={shortcutOf('releaseHeld')}>
        <button
          type="button"
          className="button primary"
          aria-disabled={busy}
          aria-keyshortcuts={shortcutOf('releaseHeld')}
          onClick={() => void ask({ type: 'release', packet: id })}
        >
          <Play size={15} aria-hidden="true" />
          Release
        </button>
      </Tip>
      <p className="held-as">As an intermediary (no network does this):</p>
      <Tip text="Change its fields or bytes">
        <button
          ref={editButton}
          type="button"
          className="button"
          aria-disabled={busy}
          onClick={() => setEditing(true)}
        >
          <Pencil size={15} aria-hidden="true" />
          Edit
        </button>
      </Tip>
      <Tip text="Take it off its link: its receiver never sees it">
        <button
          type="button"
          className="button"
          aria-disabled={busy}
          onClick={() => void ask({ type: 'drop', packet: id })}
        >
          <Trash2 size={15} aria-hidden="true" />
          Drop
        </button>
      </Tip>
      <Tip text="Let it go, and a copy right behind">
        <button
          type="button"
          className="button"
          aria-disabled={busy}
          onClick={() => void ask({ type: 'sendTwice', packet: id })}
        >
          <Copy size={15} aria-hidden="true" />
          Send twice
        </button>
      </Tip>
    </div>
  )
}
