// Who is registered? The message switching table, a row for each server.
import type { Row } from '../../../shared/events'
import type { NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import { putBefore } from '../../../shared/put-before'
import { type SettledOf, settled } from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'

type Mutable<T> = { -readonly [N in keyof T]: T[N] }

/** The settings of a server that its pool goes by. */
export type ServerSettings = Pick<
  SettledOf<typeof SERVER_SETTINGS>,
  'weight' | 'maxConnections' | 'backup' | 'drain'
>

const { weight, maxConnections, backup, drain } = settled(SERVER_SETTINGS, {})
export const DEFAULT_SERVER_SETTINGS: ServerSettings = { weight, maxConnections, backup, drain }

const NAMES = Object.keys(DEFAULT_SERVER_SETTINGS) as (keyof ServerSettings)[]

export function haveSameSettings(one: ServerSettings, other: ServerSettings): boolean {
  return NAMES.every((name) => one[name] === other[name])
}

export interface Server extends Mutable<ServerSettings> {
  readonly id: ProtocolId
  policy: ProtocolId
  address: string
  port: number
  node: NodeId
  health: 'up' | 'down'
  /** It has accepted a connection since it last registered: a refusal now means that it is gone. */
  proven: boolean
  /** Answers since it last registered. */
  answers: number
  /** Its latest answer: when it came, and to which of the messages that servers were handed, counted from 1. */
  lastAnswer: { readonly at: SimMs; readonly to: number } | undefined
  readonly load: { inFlight: number }
}

/** What a registration says, and its node's settings. */
export interface Registered extends ServerSettings {
  readonly id: ProtocolId
  readonly policy: ProtocolId
  readonly address: string
  readonly port: number
  readonly node: NodeId
}

export class SwitchingTable {
  private readonly servers = new Map<ProtocolId, Server>()

  get size(): number {
    return this.servers.size
  }

  get(id: ProtocolId): Server | undefined {
    return this.servers.get(id)
  }

  all(): IterableIterator<Server> {
    return this.servers.values()
  }

  registeredBy(node: NodeId): readonly Server[] {
    return [...this.servers.values()].filter((server) => server.node === node)
  }

  /** Registering an id again updates its row in place. A new row stands in front of `before`. */
  register(row: Registered, before?: ProtocolId): Server {
    const known = this.servers.get(row.id)
    if (known) return Object.assign(known, row, { health: 'up', proven: false, answers: 0 })
    const server: Server = {
      ...row,
      health: 'up',
      proven: false,
      answers: 0,
      lastAnswer: undefined,
      load: { inFlight: 0 },
    }
    putBefore(this.servers, row.id, server, before)
    return server
  }

  remove(id: ProtocolId): Server | undefined {
    const server = this.servers.get(id)
    this.servers.delete(id)
    return server
  }
}

export function rowOf(server: Server): Row {
  const { id, policy, address, port, node, health } = server
  return { server: id, policy, listenPort: port, address, node, health }
}
