// A client of the lab that a viewer of a class has been given: it may send that client's messages, and nothing else.
import type { NodeId, ProtocolId } from '../ids'

/** As its viewer sees it. */
export interface GivenClient {
  readonly node: NodeId
  readonly id: ProtocolId
  /** Undefined: the client asks for none of its own. */
  readonly policy: ProtocolId | undefined
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

/** The clients of viewers, as the instructor sees them. */
export interface GivenClients {
  /** Each viewer who asks gets one, of this policy (null: the lab chooses); null: no viewer does. */
  readonly handOut: { readonly policy: ProtocolId | null } | null
  readonly given: readonly {
    readonly viewer: number
    /** Empty: the viewer has given none. */
    readonly name: string
    readonly client: ProtocolId
  }[]
  /** Viewers with a name who are here and have no client. */
  readonly without: readonly { readonly viewer: number; readonly name: string }[]
}
