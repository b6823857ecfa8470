// Play or pause, and how fast simulated time goes.
import { Pause, Play } from 'lucide-react'
import { Slider } from 'radix-ui'
import { useLab } from '../store/lab'
import { formatSpeed } from '../text/format'
import { perform, setSpeed } from './actions'
import { SLIDER, sliderOf, speedOf } from './speed'
import { Tip } from './Tip'

export function Transport() {
  const paused = useLab(({ state }) => state.clock.paused)
  const speed = useLab(({ state }) => state.clock.speed)
  return (
    <>
      <Tip text={paused ? 'Let time run' : 'Stop time'} action="togglePlay">
        <button
          type="button"
          className={paused ? 'play-button paused' : 'play-button'}
          aria-label={paused ? 'Play' : 'Pause'}
          aria-keyshortcuts="Space"
          onClick={() => perform('togglePlay')}
        >
          {paused ? <Play size={18} aria-hidden="true" /> : <Pause size={18} aria-hidden="true" />}
        </button>
      </Tip>
      <Slider.Root
        className="slider"
        min={SLIDER.min}
        max={SLIDER.max}
        step={SLIDER.step}
        value={[sliderOf(speed)]}
        onValueChange={([position]) => {
          if (position !== undefined) setSpeed(speedOf(position))
        }}
        onDoubleClick={() => setSpeed(1)}
      >
        <Slider.Track className="slider-track">
          <span className="slider-middle" />
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
