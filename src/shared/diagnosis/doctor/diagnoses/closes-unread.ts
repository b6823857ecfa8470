import { counted } from '../../../format'
import type { Diagnosis } from '../diagnosis'
import { READ_PYTHON } from './reading'
import { brokeOffItself } from './serving'

export const closesUnread: Diagnosis = {
  id: 'closes-unread',
  gravity: 'stops',
  title: 'Closes before it has read all',
  why: 'Its system sent a reset (RST) in place of an ordinary end. That is what close() does while bytes that have come lie unread in the socket’s buffer: after one recv() that was too short, after none at all, or because of an exception. A reset may also destroy what the program had just sent. (SO_LINGER with a time of 0 causes one too. If you ended the program yourself just then, nothing is wrong.)',
  mend: 'Read until the JSON object is complete before you close, however many recv() that takes; close after your answer is sent.',
  python: READ_PYTHON,
  covers: ['closes-without-answer'],
  seen(observation, { role }) {
    if (observation.of !== 'socket' || observation.fact.what !== 'reset') return undefined
    const { written = 0, ended } = observation.fact
    if (ended || written === 0 || !brokeOffItself(observation.fact, role)) return undefined
    return {
      text: `It was sent ${counted(written, 'byte')} on this connection, and broke it off with a reset.`,
    }
  },
}
