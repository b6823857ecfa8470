// What an algorithm's picture is: pure data of a decision, which DrawingView.tsx and the ring draw. registry.ts lists them.
import type { AlgorithmName, Reason } from '../../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../../shared/ids'
import type { Decision, State } from '../../../../shared/state/state'

/** How a server came off. `drawn`: it was compared, and another one was chosen. */
export type Part = 'chosen' | 'drawn' | 'passed' | 'other'

export interface Bar {
  readonly server: ProtocolId
  readonly words: string
  /** The part of the drawing's largest value, from 0 to 1. */
  readonly length: number
  readonly part: Part
  /** Its value gets smaller from this moment on: to a third (1 ÷ e) of it within this time. */
  readonly decays?: { readonly from: SimMs; readonly withinMs: SimMs; readonly value: number }
}

/** A piece of a strip. `from`, `to`: from 0 to 1. */
export interface StripPiece {
  readonly from: number
  readonly to: number
  readonly server: ProtocolId
  readonly part: Part
}

export type Drawing =
  /** `best`: what the chosen one is. `left`: servers that there is no room for. */
  | {
      readonly kind: 'bars'
      readonly bars: readonly Bar[]
      readonly best: 'most' | 'least'
      readonly left: number
      /** Chance has drawn these from all servers. */
      readonly drawn: boolean
    }
  /**
   * A line with the servers' pieces. `at`: the message's own place, where it has one; `to`: where its walk from there
   * ended.
   */
  | {
      readonly kind: 'strip'
      readonly pieces: readonly StripPiece[]
      readonly at?: number
      readonly to?: number
      readonly words: string
      /** The servers' points on a ring. */
      readonly points?: readonly number[]
    }

/** A ring of points with the key's own one; angles as shares of the circle, from 0 to 1. */
export interface Circle {
  readonly chosen: readonly number[]
  readonly others: readonly number[]
  readonly at: number
  readonly to: number
}

/** What a picture may show of the policy’s servers beside the decision. */
export type ServersState = Pick<State, 'rows' | 'nodes' | 'pools' | 'decisions'>

type ReasonBy<N extends AlgorithmName> = Extract<Reason, { by: N }>

interface Parts<N extends AlgorithmName> {
  /** Exits are as wide as their servers' weights. */
  readonly weighted: boolean
  /** Undefined: words and the pointer are enough. */
  draw?(reason: ReasonBy<N>, decision: Decision, servers: ServersState): Drawing | undefined
  circle?(reason: ReasonBy<N>, decision: Decision, servers: ServersState): Circle | undefined
}

export interface AlgorithmPicture {
  readonly weighted: boolean
  draw(decision: Decision, servers: ServersState): Drawing | undefined
  circle(decision: Decision, servers: ServersState): Circle | undefined
}

/** One server to choose from needs no picture. */
export function picture<N extends AlgorithmName>(
  name: N,
  { weighted, draw, circle }: Parts<N>,
): AlgorithmPicture {
  const isOwn = (reason: Reason | null): reason is ReasonBy<N> => reason?.by === name
  const tells = ({ server, candidates }: Decision) => server !== null && candidates.length > 1
  return {
    weighted,
    draw(decision, servers) {
      const { reason } = decision
      return isOwn(reason) && tells(decision) ? draw?.(reason, decision, servers) : undefined
    },
    circle(decision, servers) {
      const { reason } = decision
      return isOwn(reason) && tells(decision) ? circle?.(reason, decision, servers) : undefined
    },
  }
}

/** The most bars in a row: more have no room for their words. */
const MOST_BARS = 4

/** A bar for each value; of many, those of the chosen one and of what comes next to it. */
export function barsOf(
  values: readonly {
    readonly server: ProtocolId
    readonly value: number
    readonly words: string
    readonly decays?: Bar['decays']
  }[],
  chosen: ProtocolId | null,
  best: 'most' | 'least',
  drawn = false,
): Drawing {
  const sign = best === 'most' ? -1 : 1
  const nearest = values
    .toSorted(
      (one, other) =>
        Number(other.server === chosen) - Number(one.server === chosen) ||
        sign * (one.value - other.value),
    )
    .slice(0, MOST_BARS)
  const shown = values.filter((value) => nearest.includes(value))
  const finite = shown.flatMap(({ value }) => (Number.isFinite(value) ? Math.abs(value) : []))
  const most = Math.max(...finite, 0)
  return {
    kind: 'bars',
    best,
    drawn,
    left: values.length - shown.length,
    bars: shown.map(({ server, value, words, decays }) => ({
      server,
      words,
      ...(decays && { decays }),
      length: Number.isFinite(value) ? (most === 0 ? 0 : Math.max(0, value) / most) : 1,
      part: server === chosen ? 'chosen' : 'drawn',
    })),
  }
}

export function weightOf({ rows, nodes }: ServersState, server: ProtocolId): number {
  const row = rows.get(server)
  return (row && nodes.get(row.node)?.weight) ?? 1
}
