import { shortened } from '../../../format'
import { visibly } from '../../../visible-controls'
import type { Diagnosis } from '../diagnosis'
import { fieldOf } from '../evidence'

export const wrongSrcid: Diagnosis = {
  id: 'wrong-srcid',
  gravity: 'wrong',
  title: 'Answers under another id',
  why: 'An answer’s "srcid" is the id that the server registered with. By it a client knows who has answered.',
  mend: 'Write the server’s own id, not its port or the client’s id.',
  python: 'answer["srcid"] = my_id',
  node: 'answer.srcid = myId',
  seen(observation, { role, id }) {
    if (observation.of !== 'message' || role !== 'server' || id === undefined) return undefined
    const { source, bytes, packet } = observation
    if (source === undefined || source === id) return undefined
    return {
      text: visibly`Its answer says srcid ${shortened(source, 40)}, but it registered as ${id}.`,
      evidence: fieldOf(bytes, 'srcid', packet),
    }
  },
}
