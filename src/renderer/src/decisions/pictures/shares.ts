// Hash and random: a line of all servers, each as wide as its weight, and the number that fell into one of them.
import type { ProtocolId } from '../../../../shared/ids'
import { type Part, picture, type StripPiece, weightOf } from './picture'

export const hashShares = picture('hash', {
  weighted: true,
  draw({ hash, total, passed, turn }, { server, candidates }, servers) {
    if (turn) return undefined
    const weights = candidates.map((candidate) => weightOf(servers, candidate))
    // Other weights than those of the decision would put the number into another share.
    if (weights.reduce((sum, weight) => sum + weight, 0) !== total) return undefined
    const partOf = (one: ProtocolId): Part =>
      one === server ? 'chosen' : passed.includes(one) ? 'passed' : 'other'
    const pieces = piecesOf(candidates, weights, partOf)
    const number = hash % total
    const at = (number + 0.5) / total
    const own = pieces.find(({ from, to }) => at >= from && at < to)
    if (own?.server !== server) return undefined
    return { kind: 'strip', pieces, at, words: `number ${number} from 0 to ${total - 1}` }
  },
})

export const drawnShare = picture('random', {
  weighted: true,
  draw({ total }, { server, candidates, passedOver }, servers) {
    const gone = new Set(passedOver.map((one) => one.server))
    const available = candidates.filter((candidate) => !gone.has(candidate))
    const isEven = total === undefined
    const weights = available.map((one) => (isEven ? 1 : weightOf(servers, one)))
    const sum = weights.reduce((before, weight) => before + weight, 0)
    if (!isEven && sum !== total) return undefined
    const pieces = piecesOf(available, weights, (one) => (one === server ? 'chosen' : 'other'))
    const own = pieces.find((piece) => piece.server === server)
    if (own === undefined) return undefined
    const chance = Math.round((own.to - own.from) * sum)
    const words = `a chance of ${chance} in ${sum}`
    return { kind: 'strip', pieces, words }
  },
})

function piecesOf(
  servers: readonly ProtocolId[],
  weights: readonly number[],
  partOf: (server: ProtocolId) => Part,
): StripPiece[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return servers.map((server, index) => {
    const from = sum / total
    sum += weights[index] ?? 0
    return { server, from, to: sum / total, part: partOf(server) }
  })
}
