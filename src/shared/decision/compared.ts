// What an algorithm compared, in words with the numbers put in.
import { formatDuration } from '../format'
import type { ProtocolId } from '../ids'
import { MOST_NAMES, strong, type Words } from './parts'
import type { DrawnCost, LoadView } from './reason'

type Load = readonly [words: string, value: number]

export function loadOf({ inFlight, weight }: LoadView): Load {
  const value = inFlight / weight
  return [`${inFlight} in flight ÷ weight ${rounded(weight)} = ${rounded(value)}`, value]
}

/** An idle server is before all others; a busy one is seen with the message that it would get. */
export function haproxyLoadOf({ inFlight, weight }: LoadView): Load {
  if (inFlight === 0) return ['idle', 0]
  const value = (inFlight + 1) / weight
  return [`(${inFlight} in flight + 1) ÷ weight ${rounded(weight)} = ${rounded(value)}`, value]
}

export function costOf({ inFlight, costMs }: DrawnCost): Load {
  if (costMs === 0) {
    return inFlight === 0
      ? ['no answer yet and idle: 0', 0]
      : [`no answer yet and ${inFlight} in flight: last`, Number.POSITIVE_INFINITY]
  }
  const value = costMs * (inFlight + 1)
  const words = `${formatDuration(costMs)} × (${inFlight} in flight + 1) = ${formatDuration(value)}`
  return [words, value]
}

/** `300: 2 in flight ÷ weight 1 = 2; 100: 3 in flight ÷ weight 5 = 0.6: the smallest`. */
export function loadWords(
  compared: readonly LoadView[],
  server: ProtocolId,
  load: (view: LoadView) => Load,
): Words {
  if (compared.length === 1) return [strong(server), ' was the only one']
  return [
    ...comparedWords(compared, server, (view) => [strong(view.server), `: ${load(view)[0]}`], '; '),
    ': the smallest',
  ]
}

/** The chosen one stands last, since what follows is about it. */
export function comparedWords<V extends { readonly server: ProtocolId }>(
  views: readonly V[],
  server: ProtocolId,
  part: (view: V) => Words,
  between = ', ',
): Words {
  const others = views.filter((view) => view.server !== server)
  const chosen = views.filter((view) => view.server === server)
  const told = [...others.slice(0, MOST_NAMES - 1), ...chosen]
  const left = views.length - told.length
  const words = told.flatMap((view, index) => [...(index === 0 ? [] : [between]), ...part(view)])
  return left === 0 ? words : [`${left} more${between}`, ...words]
}

export function drawnWords<V extends { readonly server: ProtocolId }>(
  name: string,
  drawn: readonly V[],
  server: ProtocolId,
  load: (view: V) => Load,
): Words {
  const [one, other] = drawn
  if (one === undefined || other === undefined) return [`${name}: it was the only one to draw from`]
  const [first, second] = [load(one), load(other)]
  const why =
    first[1] === second[1]
      ? 'as much, and the second one drawn is chosen'
      : server === one.server
        ? 'the first is less'
        : 'the second is less'
  return [
    `${name}: drawn were `,
    strong(one.server),
    `, ${first[0]}, and `,
    strong(other.server),
    `, ${second[0]}: ${why}`,
  ]
}

export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100)
}
