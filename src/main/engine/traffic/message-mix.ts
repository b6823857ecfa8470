// What does each message of a source ask for, and of whom is it? Drawn from the source's settings.
import type { ProtocolId } from '../../../shared/ids'
import type { TrafficValues } from '../../../shared/settings/features/traffic'
import { mixOf, type Weighted } from '../../../shared/traffic-texts'
import type { Random } from '../clock/random'

interface Fallback {
  readonly policy: ProtocolId
  readonly payload: string
}

interface Drawn extends Fallback {
  /** Which of the clients sends it, from 0. */
  readonly client: number
}

export class MessageMix {
  private readonly policies: Mix
  private readonly payloads: Mix
  private readonly keyWeights: readonly number[]

  constructor(
    private readonly values: TrafficValues,
    fallback: Fallback,
    private readonly random: Random,
  ) {
    this.policies = summed(mixIn(values.policies, fallback.policy))
    this.payloads = summed(mixIn(values.payloads, fallback.payload))
    const { keys, keyShares, zipfExponent } = values
    const exponent = keyShares === 'zipf' ? zipfExponent : 0
    this.keyWeights = cumulative(
      Array.from({ length: keys }, (_, index) => (index + 1) ** -exponent),
    )
  }

  /** Every message draws as often as any other, so that a setting changes only what it is about. */
  draw(): Drawn {
    const client = this.random.integer(this.values.clients)
    const policy = pick(this.policies, this.random)
    const payload = pick(this.payloads, this.random)
    const key = indexIn(this.keyWeights, this.random.next())
    return {
      client,
      policy,
      payload: this.keyWeights.length > 1 ? `${payload}-${key + 1}` : payload,
    }
  }
}

/** The mix that the text describes; the fallback alone if it describes none. */
export function mixIn(written: string, fallback: string): readonly Weighted[] {
  const usable = mixOf(written).filter(({ weight }) => weight > 0)
  return usable.length > 0 ? usable : [{ value: fallback, weight: 1 }]
}

/** What may be drawn, and the sums of its weights, which are the same for all messages. */
interface Mix {
  readonly choices: readonly Weighted[]
  readonly sums: readonly number[]
}

function summed(choices: readonly Weighted[]): Mix {
  return { choices, sums: cumulative(choices.map(({ weight }) => weight)) }
}

function pick({ choices, sums }: Mix, random: Random): string {
  return choices[indexIn(sums, random.next())]?.value ?? ''
}

function cumulative(weights: readonly number[]): readonly number[] {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}

/** The index whose part of the whole has this share of it, from 0 to 1. */
function indexIn(sums: readonly number[], share: number): number {
  const wanted = share * (sums.at(-1) ?? 0)
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}
