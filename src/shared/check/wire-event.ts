// What a check sees: what crosses its own ends of the connections with a program, and what the program prints meanwhile.

export interface WireBytes {
  readonly length: number
  /** The first bytes as text, control characters made visible. */
  readonly text: string
  /** The bytes; fewer than `length` if a requirement has had too many to keep. */
  readonly base64: string
}

/** One end of a connection that the check plays, as `client 1`, `server 100` or `proxy`. */
interface AtPeer {
  readonly peer: string
  /** Numbered from 1 for each requirement. */
  readonly connection: number
}

/** The ports of the connection: of who connected, and of who accepted. */
interface Ports {
  readonly fromPort: number
  readonly toPort: number
}

export type WireHappening =
  /** `opened`: the check has connected. `accepted`: the program has. */
  | ({ readonly type: 'opened' | 'accepted' } & AtPeer & Ports)
  | ({ readonly type: 'refused' } & AtPeer)
  /** One write of the check, or one read. */
  | ({ readonly type: 'sent' | 'received' } & AtPeer & WireBytes)
  /** `by`: who ended its direction, closed, or broke off. */
  | ({ readonly type: 'ended' | 'closed' | 'reset'; readonly by: 'check' | 'program' } & AtPeer)
  | { readonly type: 'listens' | 'stops listening'; readonly peer: string; readonly port: number }
  | { readonly type: 'line'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'exited'; readonly how: string }

/** `atMs`: since the program was started. */
export type WireEvent = { readonly atMs: number } & WireHappening
