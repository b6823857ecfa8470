import type { Diagnosis } from '../diagnosis'

/** By chance a system gives the same port again once in many thousand times. */
const MOST_BY_CHANCE = 2

export const ownSourcePort: Diagnosis = {
  id: 'own-source-port',
  gravity: 'fragile',
  title: 'Binds the port that it dials from',
  why: 'Who closes a connection first keeps its port in TIME_WAIT for a minute or more. A program that binds a port of its own before connect() cannot connect again meanwhile: “Address already in use” (EADDRINUSE).',
  mend: 'Do not call bind() before connect(): the system chooses a free port. A client’s id is in its messages, not in its port.',
  python: 's = socket.create_connection((host, port))  # no bind()',
  node: 'net.connect({ host, port }) // no localPort',
  outlivesStart: true,
  seen(observation, { id }) {
    if (observation.of !== 'dialled') return undefined
    const { fromPort, inARow } = observation
    if (String(fromPort) === id) {
      return { text: `It dials from port ${fromPort}, which is its own id.` }
    }
    if (inARow <= MOST_BY_CHANCE) return undefined
    return { text: `It has dialled ${inARow} times in a row from port ${fromPort}.` }
  },
}
