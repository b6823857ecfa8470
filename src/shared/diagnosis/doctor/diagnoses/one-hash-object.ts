import { counted, shortened } from '../../../format'
import { sha1OfText } from '../../../sha1'
import type { Diagnosis } from '../diagnosis'

export const oneHashObject: Diagnosis = {
  id: 'one-hash-object',
  gravity: 'wrong',
  title: 'One hash object for all payloads',
  why: 'update() adds to what a hash object has already: its digest is that of all payloads so far, one after the other. Only the first answer is right.',
  mend: 'Make a new hash object for each message.',
  python: 'digest = hashlib.sha1(payload.encode()).hexdigest()',
  node: "const digest = createHash('sha1').update(payload).digest('hex')",
  covers: ['wrong-hash'],
  seen(observation) {
    if (observation.of !== 'wrong hash') return undefined
    const { soFar = [], got, packet } = observation
    if (soFar.length < 2 || sha1OfText(soFar.join('')) !== got) return undefined
    const all = JSON.stringify(shortened(soFar.join(''), 40))
    return {
      text: `Its answer is the hash of all ${counted(soFar.length, 'payload')} so far, one after the other: ${all}.`,
      evidence: {
        bytes: new TextEncoder().encode(got),
        ...(packet !== undefined && { packet }),
      },
    }
  },
}
