import { counted } from '../../../format'
import type { Diagnosis } from '../diagnosis'

const MANY_PIECES = 8
/** A network cuts at 500 bytes and more. */
const SMALL_BYTES = 64

export const writesInPieces: Diagnosis = {
  id: 'writes-in-pieces',
  gravity: 'fragile',
  title: 'Writes a message in many small pieces',
  why: 'Each write can become a packet of its own, with 40 bytes of headers and a wait for the other side (Nagle’s algorithm). A program that takes one recv() for a message gets only the first of them.',
  mend: 'Put the message together, and send it with one call.',
  python: 's.sendall(json.dumps(message).encode())',
  node: 'socket.write(JSON.stringify(message))',
  seen(observation) {
    if (observation.of !== 'pieces') return undefined
    const { packet, pieces } = observation
    const small = pieces.filter(({ bytes, of }) => bytes === of && bytes < SMALL_BYTES)
    if (small.length < MANY_PIECES) return undefined
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
    return {
      text: `${counted(bytes, 'byte')} came in ${counted(pieces.length, 'piece')}, ${small.length} of them with less than ${SMALL_BYTES} bytes.`,
      evidence: { bytes: new Uint8Array(0), packet },
    }
  },
}
