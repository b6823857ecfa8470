import { hostAndPort } from '../../../addresses'
import type { Diagnosis } from '../diagnosis'

export const listensElsewhere: Diagnosis = {
  id: 'listens-elsewhere',
  gravity: 'stops',
  title: 'Listens elsewhere than it registered',
  why: 'The proxy dials the address that the registration came from, and the port in its "listenport". Nothing listens there, but the program does listen at another port or address.',
  mend: 'Listen first, and register the port that the listening socket really has; bind it to the address from which you register, or to all of them.',
  python: 'listener = socket.create_server(("127.0.0.1", 0)); port = listener.getsockname()[1]',
  node: "server.listen(0, '127.0.0.1', () => register(server.address().port))",
  covers: ['never-listens', 'waits-at-registration'],
  seen(observation, { port, address = '' }) {
    if (observation.of !== 'socket' || observation.fact.what !== 'listens') return undefined
    const { address: at = '', port: on = 0 } = observation.fact
    return {
      text: `It registered ${hostAndPort(address, port ?? 0)}, where connections are refused; it listens on ${hostAndPort(at, on)}.`,
    }
  },
}
