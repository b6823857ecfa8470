// The words about servers that misbehave, for the screen and for docs/faults.md.
import type { ValueOf } from './settings/derive'
import type { BEHAVIOUR } from './settings/features/behaviour'

type BehaviourKind = ValueOf<(typeof BEHAVIOUR.settings)['kind']>

interface BehaviourWords {
  readonly seen: string
  readonly proxy: string
}

/** What a person sees of each misbehaviour, and what the proxy sees, which is a program at the other end. */
export const BEHAVIOUR_WORDS: Readonly<Record<BehaviourKind, BehaviourWords>> = {
  refuse: {
    seen: 'No message goes to the server, and it is marked down.',
    proxy: 'ECONNREFUSED; if it refuses only some connections, a reset.',
  },
  silent: {
    seen: 'A message arrives, and no answer leaves the server.',
    proxy: 'An open connection on which recv() waits, until a time limit ends it.',
  },
  slow: {
    seen: 'A message arrives, and its answer leaves the server late.',
    proxy: 'recv() returns later. Nothing is missing.',
  },
  garbage: {
    seen: 'A red cross leaves the server in place of an answer, and the client gets an error.',
    proxy: 'Bytes that are no message.',
  },
  'wrong-hash': {
    seen: 'An answer like any other, until the client compares its hash: then a red cross at the client.',
    proxy: 'An answer like any other: it does not compare hashes.',
  },
  half: {
    seen: 'A red cross leaves the server, the connection closes, and the client gets an error.',
    proxy: 'Half an answer, and then the end.',
  },
  'other-destid': {
    seen: 'An answer like any other, and a count of wrong ones on the server’s card.',
    proxy: 'The destid of another client. It knows by the connection whose answer it is.',
  },
  close: {
    seen: 'A message arrives, no answer leaves the server, and the client gets an error.',
    proxy: 'The end of the connection in place of an answer.',
  },
  reset: {
    seen: 'A red cross leaves the server, the connection breaks off, and the client gets an error.',
    proxy: 'Half an answer, and then ECONNRESET.',
  },
  crash: {
    seen: 'A message arrives, and the server stops. It starts and registers again after the delay.',
    proxy: 'The end of all its connections, and then ECONNREFUSED until it is back.',
  },
}
