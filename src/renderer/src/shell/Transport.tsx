// The controls of time: back, play or pause, step, and speed. While looking back, the same buttons play the past.
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react'
import { Slider } from 'radix-ui'
import type { ReactNode } from 'react'
import { formatSpeed } from '../../../shared/format'
import { perform, setSpeed } from '../actions/actions'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { sliderOf, sliderRange, speedOf } from '../actions/speed'
import { useLab } from '../lab/lab'
import { usePast, useRefusal } from '../past/past'
import { Tip } from '../ui/Tip'
import { StepMenu } from './StepMenu'

export function Transport() {
  return (
    <>
      <fieldset className="transport">
        <legend className="visually-hidden">Time</legend>
        <Buttons />
        <StepMenu />
      </fieldset>
      <Speed />
    </>
  )
}

function Buttons() {
  const live = usePast(({ view }) => view === 'now')
  const playing = usePast((past) => past.playing)
  const paused = useLab(({ state }) => state.clock.paused)
  const still = live ? paused : !playing
  const refusal = useRefusal()
  // While looking back, the window controls its own time.
  const refused = live ? refusal : undefined
  const Icon = still ? Play : Pause
  return (
    <>
      <TimeButton
        action="previousEvent"
        label="Previous event"
        tip={live ? 'Look back to the event before' : 'Back to the event before'}
      >
        <SkipBack size={16} aria-hidden="true" />
      </TimeButton>
      <TimeButton
        action="togglePlay"
        label={still ? 'Play' : 'Pause'}
        tip={refused?.tip ?? playTip(live, still)}
        disabled={refused !== undefined}
        className={still && live ? 'play paused' : 'play'}
      >
        <Icon size={17} aria-hidden="true" />
      </TimeButton>
      <TimeButton
        action="step"
        label={live ? 'Step' : 'Next event'}
        tip={
          refused?.tip ??
          (live ? 'Step: on to the next event, and stop there' : 'On to the next event')
        }
        disabled={refused !== undefined}
      >
        <SkipForward size={16} aria-hidden="true" />
      </TimeButton>
    </>
  )
}

function playTip(live: boolean, still: boolean): string {
  if (live) return still ? 'Let time run' : 'Stop time'
  return still ? 'Play from here' : 'Stop here'
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
  const isRefused = useRefusal() !== undefined && live
  const liveSpeed = useLab((lab) => lab.live.clock.speed)
  const pastSpeed = usePast((past) => past.speed)
  const speed = live ? liveSpeed : pastSpeed
  const range = sliderRange(live)
  return (
    <>
      <Slider.Root
        className="slider"
        disabled={isRefused}
        {...range}
        value={[sliderOf(speed)]}
        onValueChange={([position]) => {
          if (position !== undefined) setSpeed(speedOf(position, live))
        }}
        onDoubleClick={() => !isRefused && setSpeed(1)}
      >
        <Slider.Track className="slider-track">
          <span
            className="slider-middle"
            style={{ left: `${(-100 * range.min) / (range.max - range.min)}%` }}
          />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label="Speed"
          aria-valuetext={formatSpeed(speed)}
          title="Speed. Double click for 1×."
        />
      </Slider.Root>
      <output className="speed" aria-hidden="true">
        {formatSpeed(speed)}
      </output>
    </>
  )
}
