// The power of two choices as nginx's `random two least_conn` has it: two different servers are drawn by weight, and the
// one with fewer messages in flight for its weight gets the message. Where both have as many, the second one does.
import type { Random } from '../../clock/random'
import type { Algorithm, Member } from './algorithm'
import { loadView } from './least-connections'
import { memberAt, remembered } from './places'
import { placeAtPoint, type Shares, sharesOf } from './random'

type Draws = (available: readonly Member[]) => Shares

export const twoChoices: Algorithm<Draws> = {
  name: 'two-choices',
  hasTurn: false,

  begin: () => remembered(sharesOf),

  choose(available, memory, { random }) {
    if (available.length === 1) {
      const only = memberAt(available, 0)
      return {
        server: only.id,
        memory,
        reason: () => ({ by: 'two-choices', drawn: [loadView(only)] }),
      }
    }
    const [first, second] = drawTwo(memory(available), random)
    const one = memberAt(available, first)
    const other = memberAt(available, second)
    const isFirst = other.load.inFlight * one.weight > one.load.inFlight * other.weight
    return {
      server: isFirst ? one.id : other.id,
      memory,
      reason: () => ({ by: 'two-choices', drawn: [loadView(one), loadView(other)] }),
    }
  },

  changed: () => remembered(sharesOf),
}

/** The second one is drawn among the others, which has the odds of drawing until another one comes. */
export function drawTwo({ total, ends }: Shares, random: Random): [number, number] {
  const first = placeAtPoint(ends, random.integer(total))
  const start = ends === undefined ? first : (ends[first - 1] ?? 0)
  const end = ends === undefined ? first + 1 : (ends[first] ?? 0)
  const point = random.integer(total - (end - start))
  return [first, placeAtPoint(ends, point < start ? point : point + (end - start))]
}
