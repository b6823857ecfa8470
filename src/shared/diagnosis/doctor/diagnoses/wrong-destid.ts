import type { Diagnosis } from '../diagnosis'

export const wrongDestid: Diagnosis = {
  id: 'wrong-destid',
  gravity: 'wrong',
  title: 'Answers to another client',
  why: 'An answer’s "destid" is the "srcid" of the message that it answers. A proxy that finds the client by it gives the answer to somebody else, or to nobody.',
  mend: 'Copy it from the message.',
  python: 'answer["destid"] = message["srcid"]',
  node: 'answer.destid = message.srcid',
  seen(observation) {
    if (observation.of !== 'misaddressed') return undefined
    return { text: 'The destid of an answer was not the id of the client that had asked.' }
  },
}
