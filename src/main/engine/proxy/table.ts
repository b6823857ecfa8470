// Who is registered? The message switching table, a row for each server.
import type { Row } from '../../../shared/events'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { putBefore } from '../../../shared/put-before'
import { type SettledOf, settled } from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { type ServerCondition, UP } from '../pools/health/guard'
import type { Given } from './given'

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

export interface Server {
  readonly id: ProtocolId
  policy: ProtocolId
  address: string
  port: number
  node: NodeId
  settings: ServerSettings
  /** What counts of the settings now: its pool says so. */
  weight: number
  maxConnections: number
  backup: boolean
  drain: boolean
  /** As its row was reported last. */
  condition: ServerCondition
  /** It has accepted a connection since it last registered: a refusal now means that it is gone. */
  proven: boolean
  /** The host has looked for it elsewhere since it last registered. */
  sought: boolean
  /** Answers since it last registered. */
  answers: number
  /** Its latest answer: when it came, and to which of the messages that servers were handed, counted from 1. */
  lastAnswer: { readonly at: Given; readonly to: number } | undefined
  readonly load: { inFlight: number }
}

/** What a registration says, and its node's settings. */
export interface Registered {
  readonly id: ProtocolId
  readonly policy: ProtocolId
  readonly address: string
  readonly port: number
  readonly node: NodeId
  readonly settings: ServerSettings
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
    const { backup, drain } = row.settings
    const anew = { backup, drain, proven: false, sought: false, answers: 0 }
    if (known) return Object.assign(known, row, anew)
    const server: Server = {
      ...row,
      ...row.settings,
      condition: UP,
      proven: false,
      sought: false,
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
  const { id, policy, address, port, node, condition } = server
  return { server: id, policy, listenPort: port, address, node, ...condition }
}
