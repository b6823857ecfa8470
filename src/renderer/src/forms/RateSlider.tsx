// The slider of a traffic source's rate, in the inspector and beside the selected client. Each step is the same ratio.
// A drag takes effect at once, and one undo takes the whole drag back.
import { useRef, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { RateDrag } from '../actions/clients'
import { inSentence } from '../ui/names'
import { rateAt, rateWords, SLIDER_STEPS, sliderAt } from './rate-scale'
import './rate-slider.css'

const MOVES = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
])

interface RateSliderProps {
  node: NodeId
  /** The name of its client in its label: `Client 1`. */
  name: string
  perSecond: number
  /** For little space: the rate is shown in figures, not in words. */
  isShort?: boolean
}

export function RateSlider({ node, name, perSecond, isShort = false }: RateSliderProps) {
  const [dragged, setDragged] = useState<number | undefined>(undefined)
  const drag = useRef<RateDrag>(undefined)
  const rate = dragged ?? perSecond
  // After the change, the slider shows the lab's rate: undo may change it while the slider has the focus.
  if (dragged === perSecond) setDragged(undefined)
  const end = () => {
    drag.current = undefined
  }
  return (
    <label className={`rate-slider ${isShort ? 'is-short' : ''}`}>
      {isShort ? (
        <b aria-hidden="true">{rate}/s</b>
      ) : (
        <span>
          Rate <b>{rateWords(rate)}</b>
        </span>
      )}
      <input
        type="range"
        min={0}
        max={SLIDER_STEPS}
        value={sliderAt(rate)}
        aria-label={`Rate of ${inSentence(name)}`}
        aria-valuetext={rateWords(rate)}
        onChange={(event) => {
          const wanted = rateAt(Number(event.target.value))
          setDragged(wanted)
          drag.current ??= new RateDrag(node)
          void drag.current.to(wanted)
        }}
        onKeyDown={(event) => MOVES.has(event.key) && event.stopPropagation()}
        onPointerUp={end}
        onBlur={() => {
          end()
          setDragged(undefined)
        }}
      />
    </label>
  )
}
