// How a recording of the check begins: its name, the links, and who takes part.
import type { EventBody } from '../../events'
import { DEFAULT_SEED } from '../../limits'
import type { WireEvent } from '../wire-event'
import type { Cast } from './cast'

/** The check and its programs are on this machine. */
export const ADDRESS = '127.0.0.1'

export function openingEvents(
  name: string,
  latencyMs: number,
  { nodes }: Cast,
  exchange: readonly WireEvent[],
): EventBody[] {
  const port = listenPort(exchange)
  return [
    { type: 'scenario.opened', name, seed: DEFAULT_SEED },
    { type: 'links.changed', latencyMs },
    ...(port === undefined ? [] : [listening(port)]),
    ...nodes.map((node): EventBody => ({ type: 'node.added', node })),
  ]
}

function listening(port: number): EventBody {
  return { type: 'proxy.listening', host: ADDRESS, port, askedPort: port, otherHosts: [] }
}

/** The port of the proxy: the checked one's, or the one that the check plays. */
function listenPort(exchange: readonly WireEvent[]): number | undefined {
  for (const event of exchange) {
    if (event.type === 'listens' && event.peer === 'proxy') return event.port
    if (event.type === 'opened' && event.peer !== 'proxy') return event.toPort
  }
  return undefined
}
