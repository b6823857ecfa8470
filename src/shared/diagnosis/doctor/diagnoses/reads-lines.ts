import type { Diagnosis } from '../diagnosis'
import { READ_NODE, READ_PYTHON } from './reading'

export const readsLines: Diagnosis = {
  id: 'reads-lines',
  gravity: 'stops',
  title: 'Reads by lines',
  why: 'A message is one JSON object, without a newline at its end. readline(), or a loop until "\\n", waits for a byte that never comes.',
  mend: 'Read until the JSON object is complete.',
  python: READ_PYTHON,
  node: READ_NODE,
  covers: ['never-answers', 'accepts-once'],
  seen(observation) {
    if (observation.of !== 'socket' || observation.fact.what !== 'answers newline') return undefined
    return {
      text: 'It had the whole message and was silent; it answered as soon as the proxy sent it a newline.',
      evidence: { bytes: Uint8Array.of(0x0a) },
    }
  },
}
