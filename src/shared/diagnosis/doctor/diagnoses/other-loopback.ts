import { isLoopback } from '../../../addresses'
import type { Diagnosis } from '../diagnosis'

export const listensOnOtherLoopback: Diagnosis = {
  id: 'other-loopback',
  gravity: 'fragile',
  title: 'Listens on the other loopback address',
  why: '“localhost” is 127.0.0.1 to one call of a program and ::1 to the next. Roundabout dials the second one if the first refuses; another proxy does not.',
  mend: 'Use one address, in numbers, for listening and for registering.',
  python: 'socket.create_server(("127.0.0.1", port))',
  node: "server.listen(port, '127.0.0.1')",
  seen(observation, { address }) {
    if (observation.of !== 'accepted' || address === undefined) return undefined
    const { address: at } = observation
    if (at === address || !isLoopback(at) || !isLoopback(address)) return undefined
    return { text: `It registered from ${address}, and listens on ${at}.` }
  },
}
