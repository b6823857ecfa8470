import type { Diagnosis } from '../diagnosis'
import { isRefused } from './serving'

export const neverListens: Diagnosis = {
  id: 'never-listens',
  gravity: 'stops',
  title: 'Does not listen on its port',
  why: 'The proxy opens a connection for each message, to the port in the registration’s "listenport". If no socket listens there, the system refuses it. The program may never have called listen(), or may have ended.',
  mend: 'Call bind() and listen() before you register, on the port that you register, and keep the program running.',
  python: 'listener = socket.create_server(("127.0.0.1", 2101))  # before the registration',
  node: "server.listen(2101, '127.0.0.1', register) // registers once it listens",
  seen(observation, { port, examination }) {
    // Where it has listened before, it has ended since: the standing of the server says that.
    if (!isRefused(observation) || examination.accepted) return undefined
    return { text: `Connections to port ${port ?? '?'} are refused: nothing listens there.` }
  },
}
