// Another program in our proxy's place: what is known of it, and the choices that were seen at the edges of the lab.
import type { ExchangeId, ProtocolId, SimMs } from './ids'
import type { Unknown } from './settings/setting'

/**
 * What stands in the proxy's place: a program of the field with the exported files, a student's program
 * that the lab starts, or one that runs already.
 */
export const FOREIGN_KINDS = ['haproxy', 'nginx', 'program', 'running'] as const
export type ForeignKind = (typeof FOREIGN_KINDS)[number]

export interface ForeignProxy {
  /** `HAProxy 2.6.12`; of a student's program, its file's name. */
  name: string
  /**
   * In recordings of the homework check only. `checked`: by it, which plays the servers and the clients; `check`: the check itself,
   * which plays the proxy for the server or the client that it checks.
   */
  kind: ForeignKind | 'checked' | 'check' | Unknown
  host: string
  /** Where clients connect. With a port for each policy: the first of them. 0: nobody has. */
  port: number
  /** The lab's servers register with it; otherwise its configuration lists them. */
  takesRegistrations: boolean
}

/** Which server a message went to, as it was seen at the edges of the lab. */
export interface SeenChoice {
  exchange: ExchangeId
  /** Counts from 1: a proxy may ask another server after one that failed. */
  attempt: number
  policy: ProtocolId
  server: ProtocolId
  /** The server whose turn it would be under round-robin; null where that does not apply. */
  expected: ProtocolId | null
}

export type ForeignEvent =
  /** Another program stands in our proxy's place from now on. There are no decisions then: what it thinks is not known. */
  | { type: 'proxy.swapped'; proxy: ForeignProxy }
  /** Our own proxy is back. `why`: a sentence; empty if a person wanted it so. */
  | { type: 'proxy.returned'; why: string }
  /** Where the program in our proxy's place has sent a message, as it was seen at the edges of the lab. */
  | ({ type: 'choice.seen' } & SeenChoice)

/** The part of a packet that is about such a choice. */
export interface WithChoice {
  /** Clients' messages, while another program was in our proxy's place: the latest server that it was seen at. */
  choice?: SeenChoice
}

/** The part of a state that is about the proxy's place. */
export interface WithForeign {
  /** The program in our proxy's place; null: our own proxy is there. */
  foreign: ForeignState | null
}

/** The program in our proxy's place, and what was seen of it so far. */
export interface ForeignState extends ForeignProxy {
  since: SimMs
  /** The choices that were seen. */
  seen: number
  /** Those for which round-robin's turn is known, and those of them that were as it would have been. */
  expected: number
  inTurn: number
  /** The latest choice of each policy. */
  last: readonly (SeenChoice & { at: SimMs })[]
}
