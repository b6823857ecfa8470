import type { Diagnosis } from '../diagnosis'
import { READ_NODE, READ_PYTHON } from './reading'

export const readsUntilEnd: Diagnosis = {
  id: 'reads-until-end',
  gravity: 'stops',
  title: 'Reads until the end of the connection',
  why: 'The other side keeps the connection open for the answer: a loop that reads until recv() gives nothing waits for ever.',
  mend: 'Read until the JSON object is complete.',
  python: READ_PYTHON,
  node: READ_NODE,
  covers: ['never-answers', 'accepts-once'],
  seen(observation) {
    if (observation.of !== 'socket' || observation.fact.what !== 'answers end') return undefined
    return {
      text: 'It had the whole message and was silent; it answered as soon as the proxy closed its direction of the connection.',
    }
  },
}
