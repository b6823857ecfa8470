// A server or a client in a program of its own: the same actor as in the lab, whose proxy is another program, on this
// machine or elsewhere. Its journal has what this program sees: the proxy is a node in it whose inside is not known.
import type { LabEvent, Node } from '../../shared/events'
import { nodeId, PROXY, type ProtocolId } from '../../shared/ids'
import { DEFAULT_SEED } from '../../shared/limits'
import { CLIENT_SETTINGS } from '../../shared/settings/client'
import { type InScenarioOf, settled } from '../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../shared/settings/server'
import { OFF } from '../../shared/settings/setting'
import type { State } from '../../shared/state/state'
import { ClientActor } from './actors/client'
import { ServerActor } from './actors/server'
import type { SteppableClock } from './clock/clock'
import { createRealClock } from './clock/real-clock'
import type { Lab } from './lab'
import { Answerer, Questioner } from './links/outside-sender'
import type { ClosableNetwork, Endpoint, Network } from './net/network'
import { createNodeNetwork } from './net/node-network'
import { newLab } from './new-lab'
import type { ProxySeat } from './proxy-seat'
import { Journal } from './story/journal'

interface LoneOptions {
  readonly id: ProtocolId
  readonly policy: ProtocolId
  readonly proxy: Endpoint
  readonly seed?: number | undefined
  /** Gets each event, from the first one on. `state`: after it. */
  readonly follow: (event: LabEvent, state: () => State) => void
  readonly network?: ClosableNetwork
  readonly createClock?: () => SteppableClock
}

interface LoneServerOptions extends LoneOptions {
  /** Port 0: any free one. */
  readonly listen: Endpoint
  /** The address of this machine that the proxy sees; by default the system chooses. */
  readonly advertise?: string | undefined
  readonly settings: Omit<InScenarioOf<typeof SERVER_SETTINGS>, 'port'>
}

interface LoneClientOptions extends LoneOptions {
  readonly settings: InScenarioOf<typeof CLIENT_SETTINGS>
}

interface LoneProgram {
  readonly node: Node
  readonly state: State
  close(): Promise<void>
}

export interface LoneServer extends LoneProgram {
  readonly listens: Endpoint
}

export interface LoneClient extends LoneProgram {
  /** Sends its message this many times. A client with traffic sends what its traffic says instead. */
  start(count: number): void
  /** Whether it has nothing more to send and waits for no answer. */
  readonly isDone: boolean
}

/** While no proxy is there, a server registers again after this time. */
const REGISTER_EVERY_MS = 1_000

/** Rejects with an Error for the user if the port or the address is not free. */
export async function startLoneServer(options: LoneServerOptions): Promise<LoneServer> {
  const { id, policy, listen, advertise, settings } = options
  const { lab, close } = begin(options, advertise)
  const values = settled(SERVER_SETTINGS, settings)
  const name = nodeId('inside', 'server', id)
  const node = { id: name, role: 'server', origin: 'inside', protocolId: id, policy } as const
  const server = new ServerActor(
    lab,
    { ...node, ...values },
    () => void lab.clock.schedule(REGISTER_EVERY_MS, () => server.register()),
  )
  try {
    const port = await server.listen(listen.host, listen.port)
    server.node = { ...server.node, port }
  } catch (error) {
    await close()
    throw error
  }
  const { journal } = lab
  journal.emit({ type: 'node.added', node: server.node })
  const listens = { host: listen.host, port: server.node.port ?? listen.port }
  const text = `Listening on port ${listens.port}`
  journal.emit({ type: 'log', node: name, level: 'info', text })
  await server.start()
  return {
    node: server.node,
    listens,
    get state() {
      return journal.state
    },
    async close() {
      await server.stop()
      await close()
    },
  }
}

export function startLoneClient(options: LoneClientOptions): LoneClient {
  const { id, policy, settings } = options
  const { lab, close } = begin(options)
  const { payload = '', traffic } = settled(CLIENT_SETTINGS, settings)
  const name = nodeId('inside', 'client', id)
  const named = { id: name, role: 'client', origin: 'inside', protocolId: id, policy } as const
  const node = { ...named, payload, traffic }
  const client = new ClientActor(lab, node)
  lab.journal.emit({ type: 'node.added', node })
  return {
    node,
    get state() {
      return lab.journal.state
    },
    start(count) {
      if (client.traffic !== undefined && traffic !== OFF) client.startTraffic(client.traffic)
      else client.sendLater({ policy, payload }, Array<number>(count).fill(0))
    },
    get isDone() {
      return !client.isSending && client.unanswered === 0
    },
    async close() {
      client.stop('CLIENT_LEFT')
      await close()
    },
  }
}

function begin(
  { proxy, seed = DEFAULT_SEED, follow, network, createClock = createRealClock }: LoneOptions,
  from?: string,
): { lab: Lab; close(): Promise<void> } {
  const clock = createClock()
  const journal = new Journal(clock)
  journal.subscribe((event) => follow(event, () => journal.state))
  const own = network ?? createNodeNetwork()
  const seat: ProxySeat = {
    endpointOf: () => proxy,
    foreign: {
      spelling: 'assigned',
      takesRegistrations: true,
      connectsPerMessage: false,
      questioner: () => new Questioner(PROXY),
      answerer: () => new Answerer(PROXY, journal),
    },
  }
  const lab = newLab(
    { clock, journal, network: from === undefined ? own : dialsFrom(own, from), seat },
    0,
  )
  lab.messageNumbers.begin(seed)
  journal.emit({ type: 'scenario.opened', name: 'One program', seed })
  const { port } = proxy
  journal.emit({ type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'outside', port } })
  return {
    lab,
    async close() {
      clock.dispose()
      await own.close()
    },
  }
}

/** A network whose dials come from this address of the machine. */
function dialsFrom(network: Network, from: string): Network {
  return {
    listen: (options) => network.listen(options),
    dial: (options) => network.dial({ ...options, from }),
  }
}
