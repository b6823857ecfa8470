// The whole session as a line under the canvas: the moment on the screen, the marks, and buttons to move.
import { ChevronLast, ChevronsRight, Pause, Play, SkipBack, SkipForward, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { perform } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { useLab } from '../lab/lab'
import { atEnd, pastView, usePast } from '../past/past'
import { Tip } from '../ui/Tip'
import { Scrubber } from './Scrubber'
import './timeline.css'
import { formatMoment, formatStart } from './words'

export function Timeline() {
  const past = usePast()
  const { view, extent } = past
  return (
    <section className="timeline" data-view={view} aria-label="Timeline">
      <Moves view={view} playing={past.playing} end={atEnd(past)} />
      <span className="timeline-time muted" aria-hidden="true">
        {formatStart(extent.from)}
      </span>
      <Scrubber place={past} />
      <time className="timeline-time">{formatMoment(past.at)}</time>
      <Where view={view} end={extent.to} />
    </section>
  )
}

interface MovesProps {
  view: 'now' | 'past' | 'recording'
  playing: boolean
  end: boolean
}

/** Buttons to go from event to event, and to play. While live there is only the way back. */
function Moves({ view, playing, end }: MovesProps) {
  const live = view === 'now'
  const Icon = playing ? Pause : Play
  return (
    <div className="timeline-moves">
      <Move action="previousEvent" label="Event before" tip="Back to the event before">
        <SkipBack size={14} aria-hidden="true" />
      </Move>
      <Move
        action="togglePlay"
        label={playing ? 'Stop here' : 'Let it happen again'}
        tip={playing ? 'Stop here' : 'Let it happen again from here'}
        disabled={live}
      >
        <Icon size={14} aria-hidden="true" />
      </Move>
      <Move
        action="step"
        label="Event after"
        tip={end && view === 'past' ? 'Now is next' : 'On to the next event'}
        disabled={live}
      >
        <SkipForward size={14} aria-hidden="true" />
      </Move>
    </div>
  )
}

interface MoveProps {
  action: Action
  label: string
  tip: string
  disabled?: boolean
  children: ReactNode
}

function Move({ action, label, tip, disabled = false, children }: MoveProps) {
  return (
    <Tip text={tip} shortcut={shortcutOf(action)}>
      <button
        type="button"
        className="icon-button"
        disabled={disabled}
        aria-label={label}
        aria-keyshortcuts={shortcutOf(action)}
        onClick={() => perform(action)}
      >
        {children}
      </button>
    </Tip>
  )
}

function Where({ view, end }: { view: MovesProps['view']; end: number }) {
  const running = useLab(({ live, connected }) => connected && !live.clock.paused)
  const atRest = usePast((past) => past.atRest) && running
  if (view === 'now') {
    return (
      <span
        className="timeline-where"
        data-running={running || undefined}
        title={atRest ? 'Nothing has been under way since the time shown' : undefined}
      >
        <span className="timeline-dot" aria-hidden="true" />
        {atRest ? 'live, at rest' : 'live'}
      </span>
    )
  }
  return (
    <span className="timeline-where">
      {view}
      {view === 'recording' && (
        <Tip text="To its end">
          <button
            type="button"
            className="icon-button"
            aria-label="To the end of the recording"
            onClick={() => void pastView().seek({ at: end })}
          >
            <ChevronLast size={16} aria-hidden="true" />
          </button>
        </Tip>
      )}
      <Tip
        text={view === 'past' ? 'Back to now' : 'Close it: back to the live lab'}
        shortcut={shortcutOf('backToNow')}
      >
        <button
          type="button"
          className="timeline-now"
          aria-keyshortcuts={shortcutOf('backToNow')}
          onClick={() => perform('backToNow')}
        >
          {view === 'past' ? 'Now' : 'Close'}
          {view === 'past' ? (
            <ChevronsRight size={14} aria-hidden="true" />
          ) : (
            <X size={14} aria-hidden="true" />
          )}
        </button>
      </Tip>
    </span>
  )
}
