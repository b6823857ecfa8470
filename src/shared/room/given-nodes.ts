// A client or a server of the lab that a viewer of a class has been given: it may send that client's messages, or answer that
// server's, and nothing else.
import type { AwaitedAnswer, EndedAnswer } from '../by-hand'
import type { NodeId, ProtocolId } from '../ids'

interface GivenNode {
  readonly node: NodeId
  readonly id: ProtocolId
  /** Undefined: the node has no such setting. */
  readonly policy: ProtocolId | undefined
}

/** As its viewer sees it. */
export interface GivenClient extends GivenNode {
  /** Its last messages, the newest first. */
  readonly sent: readonly GivenMessage[]
}

export interface GivenMessage {
  /** Its number on the graph. */
  readonly number: number
  readonly payload: string
  readonly outcome: 'underway' | 'answered' | 'failed'
  /** What became of it, as a sentence. */
  readonly words: string
}

export interface GivenServer extends GivenNode {
  /** What the viewer has to answer, in the order in which it came. */
  readonly awaited: readonly ToAnswer[]
  /** Further messages in the server's queue. */
  readonly waiting: number
  /** What has become of the latest, the newest first, in words. */
  readonly ended: readonly (Omit<EndedAnswer, 'since'> & { readonly words: string })[]
}

export interface ToAnswer extends Omit<AwaitedAnswer, 'since'> {
  /** Its client has left. */
  readonly isForNobody: boolean
}

/** What viewers can be given. */
export const GIVEN = ['client', 'server'] as const
export type GivenKind = (typeof GIVEN)[number]

/** The clients of viewers, or their servers, as the instructor sees them. */
export interface GivenNodes {
  /** Each viewer who asks gets one, of this policy (null: the lab chooses); null: no viewer does. */
  readonly handOut: { readonly policy: ProtocolId | null } | null
  readonly given: readonly {
    readonly viewer: number
    /** Empty: the viewer has given none. */
    readonly name: string
    readonly id: ProtocolId
  }[]
  /** Viewers with a name who are here and have none. */
  readonly without: readonly { readonly viewer: number; readonly name: string }[]
}
