// What a lab starts with. The classic pool is the homework's own; others come from files (scenario-file.ts).
import type { ProtocolId } from './ids'

export interface Scenario {
  name: string
  /** What is left out of these stays as it is. */
  latencyMs?: number
  speed?: number
  /** Time stands until somebody lets it run. */
  paused?: boolean
  /** In the order in which they register, which is that of their turns. A port left out is chosen by the engine. */
  servers: readonly {
    id: ProtocolId
    policy: ProtocolId
    port?: number
    keepConnection?: boolean
  }[]
  clients: readonly { id: ProtocolId; policy: ProtocolId; payload: string }[]
  /** Set before anybody registers. */
  breakpoints?: readonly { filter: string; once?: boolean; enabled?: boolean }[]
}

export const CLASSIC_POOL: Scenario = {
  name: 'Classic pool',
  servers: [
    { id: '100', policy: '111' },
    { id: '200', policy: '222' },
    { id: '300', policy: '111' },
    { id: '400', policy: '222' },
  ],
  clients: [
    { id: '1', policy: '111', payload: 'xyz1' },
    { id: '2', policy: '111', payload: 'xyz2' },
    { id: '3', policy: '222', payload: 'xyz3' },
    { id: '4', policy: '111', payload: 'xyz4' },
    { id: '5', policy: '222', payload: 'xyz5' },
    { id: '6', policy: '222', payload: 'xyz6' },
  ],
}

export const EMPTY_POOL: Scenario = { name: 'Empty', servers: [], clients: [] }
