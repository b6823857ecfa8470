// How the check sends a question to a program: in one write, or in two.
import type { Dialect } from './dialect'
import type { Peer } from './peer'
import type { Stage } from './stage'

type StageWithDialect = Stage & { readonly dialect: Dialect }

const FIRST_PIECE_CHARS = 30

/** Sends a question's fields, and ends its own side if the program reads until then. */
export function sendQuestion({ dialect }: StageWithDialect, peer: Peer, fields: object): void {
  peer.send(fields)
  if (dialect.readsToTheEnd) peer.end()
}

/** Sends a question in two writes. The second one waits until the program has had the time to read the first. */
export async function sendInTwoPieces(
  { dialect, changes, settleMs }: StageWithDialect,
  peer: Peer,
  fields: object,
): Promise<void> {
  const text = JSON.stringify(fields)
  peer.send(text.slice(0, FIRST_PIECE_CHARS))
  await changes.until(() => peer.received[0] ?? (peer.isOver || undefined), settleMs)
  peer.send(text.slice(FIRST_PIECE_CHARS))
  if (dialect.readsToTheEnd) peer.end()
}
