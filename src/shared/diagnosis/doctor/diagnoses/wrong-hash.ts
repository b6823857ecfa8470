import { shortened } from '../../../format'
import type { Diagnosis } from '../diagnosis'

export const answersWrongHash: Diagnosis = {
  id: 'wrong-hash',
  gravity: 'wrong',
  title: 'Wrong hash',
  why: 'The answer’s payload is the SHA-1 of the message’s payload: of the text alone, without quotes, in UTF-8, as lower-case hex.',
  mend: 'Parse the JSON first, and hash the value of "payload", whole.',
  python: 'digest = hashlib.sha1(message["payload"].encode()).hexdigest()',
  node: "const digest = createHash('sha1').update(message.payload, 'utf8').digest('hex')",
  seen(observation) {
    if (observation.of !== 'wrong hash') return undefined
    const { payload, hash, got, packet } = observation
    return {
      text: `For the payload ${JSON.stringify(shortened(payload, 40))} it sent ${JSON.stringify(shortened(got, 48))}; ${hash} was due.`,
      evidence: {
        bytes: new TextEncoder().encode(got).subarray(0, 48),
        ...(packet !== undefined && { packet }),
      },
    }
  },
}
