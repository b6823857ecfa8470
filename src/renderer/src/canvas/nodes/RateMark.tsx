// Shows the rate of messages on the lower edge of a card, with a line of the last seconds. Without messages, it is hidden.
import { formatCount } from '../../../../shared/format'
import type { NodeState } from '../../../../shared/state/state'
import type { Tier } from '../spacing'
import { rateGroupOf, useRates } from '../use-rate'
import { Figure } from './NodeParts'
import './rate-mark.css'

const SECONDS = 30
const SPARK = { width: 36, height: 10 }

export function RateMark({ node, tier }: { node: NodeState; tier: Tier }) {
  const rates = useRates(rateGroupOf(node), tier, SECONDS)
  if (rates === undefined || rates.every((rate) => rate === 0)) return null
  const what = node.role === 'client' ? 'sent' : 'given to it'
  const now = rates.at(-1) ?? 0
  return (
    <span
      className="rate-mark"
      aria-hidden="true"
      title={`${formatCount(now)} messages ${what} in the last second; the line is of the last ${SECONDS} seconds`}
    >
      <svg width={SPARK.width} height={SPARK.height} aria-hidden="true">
        <path className="rate-spark" d={sparkPath(rates)} />
      </svg>
      <Figure text={`${formatCount(now)}/s`} />
    </span>
  )
}

/** Scales the line so that the highest of these rates is at the top. */
function sparkPath(rates: readonly number[]): string {
  const most = Math.max(1, ...rates)
  const points = rates.map((rate, index) => {
    const x = (index * SPARK.width) / (rates.length - 1)
    const y = SPARK.height - 1 - ((SPARK.height - 2) * rate) / most
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${points.join('L')}`
}
