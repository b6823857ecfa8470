import type { Diagnosis } from '../diagnosis'
import { isNotServing } from './serving'

export const waitsAtRegistration: Diagnosis = {
  id: 'waits-at-registration',
  gravity: 'stops',
  title: 'Waits on the connection that it registered on',
  why: 'A registration gets no answer, and messages never come over the connection of the registration: a recv() there waits for ever.',
  mend: 'Do not read after the registration. Listen on the registered port, and accept a connection for each message.',
  python:
    'proxy.sendall(registration); proxy.close()  # and then: connection, _ = listener.accept()',
  node: 'proxy.end(registration) // messages come to net.createServer(…).listen(port)',
  covers: ['never-listens', 'never-answers'],
  seen(observation, { registrationIsOpen, answers, port }) {
    if (!isNotServing(observation) || !registrationIsOpen || answers > 0) return undefined
    return {
      text: `A message for it came to nothing on port ${port ?? '?'}, while the connection that it registered on was still open.`,
    }
  },
}
