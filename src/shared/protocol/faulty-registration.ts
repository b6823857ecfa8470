// Which server a registration at fault names, and for which policy, where both can be read.
import type { ProtocolId } from '../ids'
import { readId } from './message'

export interface NamedServer {
  readonly server: ProtocolId
  readonly policy: ProtocolId
}

const utf8 = new TextDecoder()

export function faultyRegistration(bytes: Uint8Array): NamedServer | undefined {
  const fields = fieldsIn(bytes)
  if (fields?.type !== 1 && fields?.type !== '1') return undefined
  const server = readId(fields, 'id')
  const policy = readId(fields, 'privPolyId', 'privPoliId')
  return server.ok && policy.ok ? { server: server.value, policy: policy.value } : undefined
}

function fieldsIn(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
