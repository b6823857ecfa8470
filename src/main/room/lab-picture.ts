// Draws the lab for phones: from the engine's state, a picture of the nodes and one of where everything is.
import type { NodeId } from '../../shared/ids'
import type {
  ClassPicture,
  LabMoment,
  PictureNode,
  PicturePacket,
  PictureStanding,
} from '../../shared/room/class-picture'
import { PROXY_INDEX } from '../../shared/room/class-picture'
import { POOL_SETTINGS } from '../../shared/settings/pool'
import { poolIn } from '../../shared/state/pool'
import type { NodeState, Packet, State } from '../../shared/state/state'

/** More than a phone has space for. */
const MAX_NODES = 24
const MAX_PACKETS = 40
const MAX_POLICIES = 12

export class LabPictures {
  private drawn: State | undefined
  private labText = ''
  private indexes: ReadonlyMap<NodeId, number> = new Map()
  lab: ClassPicture | undefined
  moment: LabMoment | undefined

  /** Draws the state; returns whether it differs from the one before. */
  draw(state: State): boolean {
    if (state === this.drawn) return false
    this.drawn = state
    const lab = labOf(state)
    const text = JSON.stringify(lab)
    if (text !== this.labText) {
      this.labText = text
      this.lab = { number: (this.lab?.number ?? 0) + 1, ...lab }
      this.indexes = new Map(lab.nodes.map(({ node }, index) => [node, index]))
    }
    if (this.lab !== undefined) this.moment = momentOf(state, this.lab, this.indexes)
    return true
  }
}

function labOf(state: State): Omit<ClassPicture, 'number'> {
  const all = [...state.nodes.values()]
  const clients = all.filter(({ role }) => role === 'client')
  const servers = all.filter(({ role }) => role === 'server')
  const shown = [...clients.slice(0, MAX_NODES), ...servers.slice(0, MAX_NODES)]
  const nodes = shown.map((node) => pictureNode(state, node))
  const indexOf = new Map(shown.map(({ id }, index) => [id, index]))
  const policies = [...state.slots].slice(0, MAX_POLICIES).map(([id, slot]) => ({
    id,
    slot,
    algorithm: algorithmLabel(poolIn(state, id).algorithm),
    servers: [...state.rows.values()].flatMap(({ policy, node }) => {
      const index = policy === id ? indexOf.get(node) : undefined
      return index === undefined ? [] : [index]
    }),
  }))
  return {
    scenario: state.scenario,
    policies,
    nodes,
    clients: Math.min(clients.length, MAX_NODES),
    moreClients: Math.max(0, clients.length - MAX_NODES),
    moreServers: Math.max(0, servers.length - MAX_NODES),
  }
}

function pictureNode(state: State, { id, protocolId, policy, role }: NodeState): PictureNode {
  const row = role === 'server' && protocolId !== undefined ? state.rows.get(protocolId) : undefined
  const asked = row?.policy ?? policy
  const slot = asked === undefined ? undefined : state.slots.get(asked)
  return { node: id, id: protocolId ?? '?', slot: slot ?? null }
}

function algorithmLabel(algorithm: string): string {
  const option = POOL_SETTINGS.algorithm.options.find(({ value }) => value === algorithm)
  return option?.label ?? algorithm
}

function momentOf(
  state: State,
  { number, nodes, clients, policies }: ClassPicture,
  indexes: ReadonlyMap<NodeId, number>,
): LabMoment {
  const { answered, refused, lost } = state.totals.exchanges
  return {
    number,
    at: state.at,
    speed: state.clock.paused ? 0 : state.clock.speed,
    served: nodes.map(({ node }) => state.nodes.get(node)?.served ?? 0),
    standings: nodes.slice(clients).map(({ id, node }) => standingOf(state, id, node)),
    next: policies.map(({ id }) => {
      const server = state.next.get(id)
      const row = server == null ? undefined : state.rows.get(server)
      return (row && indexes.get(row.node)) ?? null
    }),
    packets: packetsOf(state, indexes),
    inFlight: state.inFlight.size,
    answered,
    failed: refused + lost,
  }
}

function standingOf({ rows }: State, server: string, node: NodeId): PictureStanding {
  const row = rows.get(server)
  if (row === undefined || row.node !== node) return 2
  return row.health === 'down' ? 1 : 0
}

/** Held ones first, and then the newest. */
function packetsOf({ inFlight }: State, indexes: ReadonlyMap<NodeId, number>): PicturePacket[] {
  const held: Packet[] = []
  const flying: Packet[] = []
  for (const packet of inFlight.values()) (packet.held ? held : flying).push(packet)
  const indexOf = (node: NodeId) => (node === 'proxy' ? PROXY_INDEX : indexes.get(node))
  return [...held, ...flying.slice(-MAX_PACKETS)].slice(0, MAX_PACKETS).flatMap((packet) => {
    const [from, to] = [indexOf(packet.from), indexOf(packet.to)]
    if (from === undefined || to === undefined) return []
    const { id, kind, legAt, legFrom, dueAt } = packet
    return [[id, kind, from, to, legAt, legFrom, dueAt, packet.held ? 1 : 0] as const]
  })
}
