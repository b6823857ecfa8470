import { counted } from '../../../format'
import type { Diagnosis } from '../diagnosis'
import { brokeOffItself } from './serving'

export const leavesBeforeAnswer: Diagnosis = {
  id: 'leaves-before-answer',
  gravity: 'stops',
  title: 'Closes before its answer comes',
  why: 'close() ends both directions: its system answered the bytes of the answer with a reset, for nobody reads them any more. If you ended the program yourself just then, nothing is wrong. To end only your own direction is shutdown(SHUT_WR).',
  mend: 'Receive the answer before you close.',
  python: 's.sendall(message); answer = s.recv(4096); s.close()',
  node: "socket.end(message) // ends your own direction only; the answer comes to socket.on('data', …)",
  seen(observation, { role }) {
    if (observation.of !== 'socket' || observation.fact.what !== 'reset') return undefined
    const { written = 0, ended } = observation.fact
    if (!ended || written === 0 || !brokeOffItself(observation.fact, role)) return undefined
    return {
      text: `It closed its socket first; ${counted(written, 'byte')} of answers came after that, and were lost.`,
    }
  },
}
