// What a lab starts with. The classic pool is the homework's own.
import type { ProtocolId } from './ids'

export interface Scenario {
  name: string
  servers: readonly { id: ProtocolId; policy: ProtocolId }[]
  clients: readonly { id: ProtocolId; policy: ProtocolId; payload: string }[]
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
