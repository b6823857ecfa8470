import { counted } from '../../../format'
import type { Diagnosis } from '../diagnosis'
import { beginningOf } from '../evidence'

export const answersTwice: Diagnosis = {
  id: 'answers-twice',
  gravity: 'wrong',
  title: 'Sends more than its answer',
  why: 'A server answers each message once. What comes after that is lost, or, where the connection stays open, is taken for the answer to the next message.',
  mend: 'Call sendall() once for each message, with one JSON object.',
  seen(observation) {
    if (observation.of !== 'unasked') return undefined
    const { bytes, size, packet } = observation
    return {
      text: `After its answer it sent ${counted(size, 'more byte')}, for which no message waited.`,
      evidence: beginningOf(bytes, packet),
    }
  },
}
