// What are bytes that are no message? Named from their first bytes, with the remedy, once for the answer on the wire, the
// inspector and the log.
import { ENCODINGS } from './encodings'
import { type Finding, type Head, hexBytes, type Recogniser } from './finding'
import { afterMessage, FRAMINGS, oneByteBefore } from './framings'
import { PRINTED } from './printed'
import { PROTOCOLS } from './protocols'
import { SERIALISATIONS } from './serialisations'
import { notationWords } from './syntax'
import { WRAPPINGS } from './wrappings'

/** Bytes, from the first one, that the recognisers read. */
const HEAD_BYTES = 256

/** In this order, so that two that could both fire tell the same thing of every cut. */
const RECOGNISERS: readonly Recogniser[] = [
  afterMessage,
  ...ENCODINGS,
  ...PROTOCOLS,
  ...WRAPPINGS,
  ...FRAMINGS,
  ...PRINTED,
  ...SERIALISATIONS,
  oneByteBefore,
  anything,
]

interface Known {
  /** Nothing more comes for now: what there is must do. */
  ended: boolean
  /** A message came before on this connection. */
  afterMessage: boolean
}

/** Names the bytes of a stream from where no message starts. Undefined: the next bytes may tell more. */
export function recognise(bytes: Uint8Array, { ended, afterMessage }: Known): Finding | undefined {
  const head: Head = {
    text: latin1(bytes.subarray(0, HEAD_BYTES)),
    ended: ended || bytes.length >= HEAD_BYTES,
    afterMessage,
  }
  for (const recogniser of RECOGNISERS) {
    const found = recogniser(head)
    if (found === 'undecided') return undefined
    if (found) return found
  }
  return undefined
}

/** What else: an object in another notation, other JSON, text, or bytes. */
function anything({ text, ended }: Head): Finding | 'undecided' {
  const [first = ''] = text
  if (first === '{') {
    const words = notationWords(text, ended)
    return words === undefined
      ? 'undecided'
      : { kind: 'object in another notation', code: 'NOT_JSON', text: words }
  }
  if (/^["[\-\d]/.test(text)) {
    const what = `A message is a JSON object, it starts with {; found ${first} at byte 0.`
    return { kind: 'other JSON', code: 'NOT_AN_OBJECT', text: what }
  }
  const shown = /[!-~]/.test(first) ? first : hexBytes(first)
  return {
    kind: 'no message',
    code: 'NOT_JSON',
    text: `The bytes are not JSON: a message starts with {; found ${shown} at byte 0. Use json.dumps in Python, JSON.stringify in JavaScript.`,
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
