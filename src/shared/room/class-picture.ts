// The lab as phones draw it: its nodes, and ten times a second at most where everything is. Each picture is whole, so
// that one who has missed some needs only the next.
import type { NodeId, PacketId, ProtocolId, SimMs } from '../ids'

/** The proxy in the packets of a moment, which name nodes by their index. */
export const PROXY_INDEX = -1

export interface PictureNode {
  readonly node: NodeId
  /** Its id in the protocol, as on its card. */
  readonly id: ProtocolId
  /** The policy's colour, from 0; null: it has no policy in use. */
  readonly slot: number | null
}

/** The nodes. */
export interface ClassPicture {
  /** Counts the changes; a moment names the picture that it belongs to. */
  readonly number: number
  readonly scenario: string | null
  readonly policies: readonly {
    readonly id: ProtocolId
    readonly slot: number
    readonly algorithm: string
    /** Indexes of its servers, in the order of registration. */
    readonly servers: readonly number[]
  }[]
  /** First the clients, then the servers. */
  readonly nodes: readonly PictureNode[]
  readonly clients: number
  /** Further ones, which a phone has no space for. */
  readonly moreClients: number
  readonly moreServers: number
}

/** 0: it gets messages; 1: it gets none; 2: not registered. */
export type PictureStanding = 0 | 1 | 2

/** A packet in flight: its number, kind, ends, when and where on its link it was seen last, when it arrives, whether it is held. */
export type PicturePacket = readonly [
  id: PacketId,
  kind: 0 | 1 | 2 | 'error',
  from: number,
  to: number,
  legAt: SimMs,
  legFrom: number,
  dueAt: SimMs,
  isHeld: 0 | 1,
]

/** Where everything is. */
export interface LabMoment {
  readonly number: number
  readonly at: SimMs
  /** 0: time is paused. */
  readonly speed: number
  /** Answers that each client has got or each server has given, by index. */
  readonly served: readonly number[]
  /** By index of the server, counted from the first server. */
  readonly standings: readonly PictureStanding[]
  /** By policy: the index of the server whose turn is next; null: nobody's, or a question is open. */
  readonly next: readonly (number | null)[]
  readonly packets: readonly PicturePacket[]
  /** In flight, with those that are not drawn. */
  readonly inFlight: number
  readonly answered: number
  readonly failed: number
}

/** One node, for those who look at it. */
export interface NodeDetails {
  readonly node: NodeId
  readonly name: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  /** Its last messages, the newest first. */
  readonly packets: readonly {
    readonly id: PacketId
    readonly words: string
    readonly at: SimMs
    readonly bytes: number
    /** The beginning of it, as text and as hex digits. */
    readonly text: string
    readonly hex: string
  }[]
}
