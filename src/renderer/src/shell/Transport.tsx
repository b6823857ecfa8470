// The controls of time: back, play or pause, step, and speed. While looking back, the same buttons play the past.
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react'
import { Slider } from 'radix-ui'
import type { ReactNode } from 'react'
import { formatSpeed } from '../../../shared/format'
import { perform, setSpeed } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { SLIDER, sliderOf, speedOf } from '../actions/speed'
import { useLab } from '../lab/lab'
import { atEnd, usePast, useRefusal } from '../past/past'
import { Tip } from '../ui/Tip'
import { StepMenu } from './StepMenu'
import { playTip, reachedWords, speedWords, stepTip } from './transport-words'

export function Transport() {
  return (
    <>
      <fieldset className="transport">
        <legend className="visually-hidden">Time</legend>
        <TimeButtons />
        <StepMenu />
      </fieldset>
      <Speed />
    </>
  )
}

/** Back, play or pause, and step. */
export function TimeButtons() {
  const view = usePast((past) => past.view)
  const playing = usePast((past) => past.playing)
  const end = usePast((past) => atEnd(past))
  const paused = useLab(({ state }) => state.clock.paused)
  const live = view === 'now'
  const still = live ? paused : !playing
  const refusal = useRefusal('pause')
  // While looking back, the window controls its own time.
  const refused = live ? refusal : undefined
  const Icon = still ? Play : Pause
  return (
    <>
      <TimeButton action="previousEvent" label="Step back" tip="Step back to the event before">
        <SkipBack size={16} aria-hidden="true" />
      </TimeButton>
      <TimeButton
        action="togglePlay"
        label={still ? 'Play' : 'Pause'}
        tip={refused?.tip ?? playTip({ view, still, end })}
        disabled={refused !== undefined}
        className={still && live ? 'play paused' : 'play'}
      >
        <Icon size={17} aria-hidden="true" />
      </TimeButton>
      <TimeButton
        action="step"
        label="Step"
        tip={refused?.tip ?? stepTip({ view, still, end })}
        disabled={refused !== undefined}
      >
        <SkipForward size={16} aria-hidden="true" />
      </TimeButton>
    </>
  )
}

interface TimeButtonProps {
  action: Action
  label: string
  tip: string
  disabled?: boolean
  className?: string
  children: ReactNode
}

function TimeButton({
  action,
  label,
  tip,
  disabled = false,
  className,
  children,
}: TimeButtonProps) {
  return (
    <Tip text={tip} shortcut={shortcutOf(action)}>
      <button
        type="button"
        className={className ? `transport-button ${className}` : 'transport-button'}
        aria-label={label}
        aria-disabled={disabled}
        aria-keyshortcuts={shortcutOf(action)}
        onClick={() => perform(action)}
      >
        {children}
      </button>
    </Tip>
  )
}

function Speed() {
  const live = usePast(({ view }) => view === 'now')
  const isRefused = useRefusal('setSpeed') !== undefined && live
  const liveSpeed = useLab((lab) => lab.live.clock.speed)
  const pastSpeed = usePast((past) => past.speed)
  const speed = live ? liveSpeed : pastSpeed
  const reached = useLab(({ reachedSpeed }) => (live ? reachedSpeed : undefined))
  return (
    <>
      <Slider.Root
        className="slider"
        disabled={isRefused}
        {...SLIDER}
        value={[sliderOf(speed, live)]}
        onValueChange={([position]) => {
          if (position !== undefined) setSpeed(speedOf(position, live))
        }}
        onDoubleClick={() => !isRefused && setSpeed(1)}
      >
        <Slider.Track className="slider-track">
          <span className="slider-middle" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label="Speed"
          aria-valuetext={speedWords(speed, reached)}
          title="Speed. Double click for 1×."
        />
      </Slider.Root>
      <output
        className="speed"
        aria-hidden="true"
        title={reached === undefined ? undefined : `${speedWords(speed, reached)}.`}
      >
        {formatSpeed(speed)}
        {reached !== undefined && <small>reached {reachedWords(reached)}</small>}
      </output>
    </>
  )
}
