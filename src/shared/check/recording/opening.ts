// How a recording of the check begins: its name, the links, who takes part, and whose proxy has the place of ours.
import type { EventBody } from '../../events'
import { DEFAULT_SEED } from '../../limits'
import type { ProgramKind } from '../../program-command'
import type { WireEvent } from '../wire-event'
import type { Cast, RecordedRequirement } from './cast'

/** The check and its programs are on this machine. */
export const ADDRESS = '127.0.0.1'

export function openingEvents(
  { subject, id, evidence: { exchange } }: RecordedRequirement,
  latencyMs: number,
  { nodes }: Cast,
): EventBody[] {
  const port = listenPort(exchange)
  return [
    { type: 'scenario.opened', name: `Homework check: ${id}`, seed: DEFAULT_SEED },
    { type: 'links.changed', latencyMs },
    ...(port === undefined ? [] : [listening(port)]),
    ...nodes.map((node): EventBody => ({ type: 'node.added', node })),
    inOurPlace(subject, port ?? 0),
  ]
}

function inOurPlace(subject: ProgramKind, port: number): EventBody {
  const who =
    subject === 'proxy'
      ? ({ name: 'Your proxy', kind: 'checked' } as const)
      : ({ name: 'The check’s proxy', kind: 'check' } as const)
  return { type: 'proxy.swapped', proxy: { ...who, host: ADDRESS, port, takesRegistrations: true } }
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
