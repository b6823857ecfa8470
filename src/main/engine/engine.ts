// The engine: puts the parts together, and carries out commands.
import { resolve } from 'node:path'
import { type Command, type CommandResult, parseCommand } from '../../shared/commands'
import type { RecordingPart, RecordingSource, RecoveredSession } from '../../shared/contract'
import type { LabEvent } from '../../shared/events'
import { PROXY } from '../../shared/ids'
import {
  BURST_SPACING,
  DEFAULT_HOST,
  DEFAULT_LATENCY_MS,
  DEFAULT_PROXY_PORT,
  MAX_BURST_MS,
  PROXY_PORT_TRIES,
} from '../../shared/limits'
import { CLASSIC_POOL, type Scenario } from '../../shared/scenario'
import type { State } from '../../shared/state/state'
import { InsideActors } from './actors/inside-actors'
import type { SteppableClock } from './clock/clock'
import { createRandom } from './clock/random'
import { createRealClock } from './clock/real-clock'
import { CommandError } from './command-error'
import { type Feed, openFeed } from './feed'
import { Journal } from './journal'
import type { Lab } from './lab'
import { Breakpoints } from './links/breakpoints'
import { HeldPackets } from './links/held-packets'
import { Wires } from './links/inside-connections'
import { type ClosableNetwork, PortError } from './net/network'
import { createNodeNetwork } from './net/node-network'
import { ProxyHost } from './proxy/host'
import { OutsidePrograms } from './proxy/outside-programs'
import { Recorder, wallNow } from './recording/recorder'
import { RecoveredSessions } from './recording/recovered'
import { Stepper } from './stepping'

/** Of all chance in a lab. */
const SEED = 1

export interface EngineOptions {
  /** Left out: 2100, or the next free one. 0: any free one. Else this one, or `createEngine` rejects. */
  proxyPort?: number | undefined
  /** How long links hold a packet, in simulated milliseconds; 0: as fast as sockets go. */
  latencyMs?: number | undefined
  scenario?: Scenario
  /** The proxy keeps a connection to every server and pipelines on it. */
  keepAllConnections?: boolean
  /** Where the session is kept on disk while it runs, and where those are that crashed; left out: nowhere. */
  recordingsFolder?: string | undefined
  /** The version of the app, for its recordings. */
  version?: string
  /** Told of what goes wrong and stops nothing, and of each command that is refused; never of a message's text. */
  warn?: (text: string) => void
  network?: ClosableNetwork
  clock?: SteppableClock
}

export interface Engine {
  readonly proxy: { host: string; port: number; askedPort: number }
  /** What all events so far amount to. */
  readonly state: State
  /** Validates and carries out a command; whatever is wrong with it is in the result. */
  execute(command: unknown): Promise<CommandResult>
  /** Calls the listener for each event, as it happens; returns the way to stop. */
  subscribe(listener: (event: LabEvent) => void): () => void
  /** Sends the story in frames (shared/feed/frame.ts), beginning with a snapshot. */
  openFeed(send: (frame: Uint8Array<ArrayBuffer>) => void): Feed
  /** A part of a recording, from this byte on. Rejects with an Error in words. */
  readRecording(source: RecordingSource, from: number): Promise<RecordingPart>
  /** Sessions that ended without being closed, the newest first. */
  listRecovered(): Promise<readonly RecoveredSession[]>
  /** Rejects with an Error in words where there is no such one. */
  discardRecovered(name: string): Promise<void>
  /** Closes every feed and every socket. */
  close(): Promise<void>
}

/** Rejects with an Error for the person who started it where the port that was asked for is taken. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { warn = () => {} } = options
  const clock = options.clock ?? createRealClock()
  const network = options.network ?? createNodeNetwork()
  const journal = new Journal(clock)
  const folder =
    options.recordingsFolder === undefined ? undefined : resolve(options.recordingsFolder)
  // Before anybody else listens: what it takes for the state at an event is then exactly that.
  const recorder = new Recorder(journal, {
    startedAt: wallNow() - clock.now(),
    app: options.version ?? 'unknown',
    folder,
    warn,
  })
  const recovered = new RecoveredSessions(folder)
  const lab: Lab = {
    clock,
    journal,
    network,
    wires: new Wires(journal),
    breakpoints: new Breakpoints(journal),
    heldPackets: new HeldPackets(journal),
    latencyMs: options.latencyMs ?? DEFAULT_LATENCY_MS,
  }
  const outside = new OutsidePrograms(journal)
  const host = DEFAULT_HOST
  const proxyHost = new ProxyHost(lab, outside, createRandom(SEED), {
    keepAll: options.keepAllConnections ?? false,
  })
  const askedPort = options.proxyPort ?? DEFAULT_PROXY_PORT
  const port = await listen(proxyHost, host, options.proxyPort)
  const proxy = { host, port, askedPort }

  journal.emit({ type: 'proxy.listening', ...proxy })
  journal.emit({ type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside', port } })
  journal.emit({ type: 'latency.changed', latencyMs: lab.latencyMs })
  const where = `Listening on ${host} port ${port}`
  const text =
    port === askedPort || askedPort === 0 ? where : `${where}: port ${askedPort} is taken`
  journal.emit({ type: 'log', node: PROXY, level: 'info', text })

  const actors = new InsideActors(lab, proxyHost, { host, port })
  /** What `reset` goes back to. */
  let scenario = options.scenario ?? CLASSIC_POOL
  const stepper = new Stepper({ clock, journal, network, wires: lab.wires })
  const feeds = new Set<Feed>()
  let lookingBack = 0
  let lastChange: Promise<unknown> = Promise.resolve()
  try {
    const [problem] = await begin()
    if (problem !== undefined) throw new Error(problem)
  } catch (error) {
    await close()
    throw error
  }

  /** Changes of who is there, which take more than a moment, one after another in the order of asking. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = lastChange.then(change, change)
    lastChange = turn
    return turn
  }

  async function carryOut(command: Command): Promise<string | undefined> {
    if (lookingBack > 0 && !LEAVES_THE_PRESENT.has(command.type)) {
      throw new CommandError(
        'A window is looking at the past: the lab stands still until it goes back to now.',
      )
    }
    switch (command.type) {
      case 'addServer':
        return actors.addServer(command)
      case 'addClient':
        return actors.addClient(command)
      case 'updateServer':
        return actors.updateServer(command.node, {
          id: command.id,
          policy: command.policy,
          keepConnection: command.keepConnection,
        })
      case 'updateClient':
        return actors.updateClient(command.node, {
          id: command.id,
          policy: command.policy,
          payload: command.payload,
        })
      case 'removeNode':
        await removeNode(command.node)
        return undefined
      case 'sendMessage': {
        const client = actors.client(command.client)
        if (client === undefined) throw new CommandError(`There is no client ${command.client}.`)
        const { policy, payload } = client.node
        client.sendBurst({
          policy: command.policy ?? policy,
          payload: command.payload ?? payload,
          count: command.count ?? 1,
        })
        return command.client
      }
      case 'sendAll':
        sendAll()
        return undefined
      case 'pause':
        stepper.interrupt()
        pause()
        return undefined
      case 'resume':
        stepper.interrupt()
        resume()
        return undefined
      case 'setSpeed':
        changeClock(() => clock.setSpeed(command.speed))
        return undefined
      case 'setLatency':
        setLatency(command.latencyMs)
        return undefined
      case 'step':
        pause()
        await stepper.step()
        return undefined
      case 'stepToDecision':
        pause()
        await stepper.stepToDecision()
        return undefined
      case 'stepToEnd':
        pause()
        await stepper.stepToEnd(command.packet)
        return undefined
      case 'setBreakpoint':
        lab.breakpoints.set(command)
        return undefined
      case 'removeBreakpoint':
        lab.breakpoints.remove(command.id)
        return undefined
      case 'release':
        lab.heldPackets.release(command.packet)
        return undefined
      case 'releaseAll':
        lab.heldPackets.releaseAll()
        return undefined
      case 'drop':
        lab.heldPackets.drop(command.packet)
        return undefined
      case 'sendTwice':
        lab.heldPackets.duplicate(command.packet)
        return undefined
      case 'edit':
        lab.heldPackets.edit(command.packet, Buffer.from(command.bytes, 'base64'))
        return undefined
      case 'reset':
        await reset()
        return undefined
      case 'openScenario':
        scenario = command.scenario
        try {
          await reset()
        } finally {
          if (!scenario.paused) resume()
        }
        return undefined
    }
  }

  /**
   * All that was going on has ended when the story says so: the reset begins with counters of 0. Rejects where a part of
   * the scenario could not be made; the others are there then.
   */
  async function reset(): Promise<void> {
    stepper.interrupt()
    lab.breakpoints.clear()
    await actors.clear()
    proxyHost.disconnectAll()
    outside.removeAll()
    for (const { server, node } of journal.state.rows.values()) proxyHost.removeServer(server, node)
    journal.emit({ type: 'scenario.reset' })
    const problems = await begin()
    if (problems.length > 0) throw new CommandError(partlyMade(problems, scenario.name))
  }

  /** Gives what could not be made, each as a sentence. */
  async function begin(): Promise<readonly string[]> {
    const { name, latencyMs, speed, paused, breakpoints = [] } = scenario
    journal.emit({ type: 'scenario.opened', name })
    if (paused) pause()
    if (latencyMs !== undefined) setLatency(latencyMs)
    if (speed !== undefined) changeClock(() => clock.setSpeed(speed))
    for (const breakpoint of breakpoints) lab.breakpoints.set(breakpoint)
    return load(actors, scenario)
  }

  async function removeNode(node: string): Promise<void> {
    if (await actors.remove(node)) return
    if (!outside.has(node)) throw new CommandError(`There is no ${node} that can be removed.`)
    proxyHost.disconnect(node)
    for (const row of journal.state.rows.values()) {
      if (row.node === node) proxyHost.removeServer(row.server, node)
    }
    outside.remove(node)
  }

  /** One client after the other, a little apart, so that their order at the proxy is the order on screen. */
  function sendAll(): void {
    const clients = actors.allClients()
    if (clients.length === 0) throw new CommandError('There are no clients: add one first.')
    const spacingMs = Math.min(lab.latencyMs * BURST_SPACING, MAX_BURST_MS / clients.length)
    clients.forEach((client, index) => {
      client.sendLater(client.node, index * spacingMs)
    })
  }

  async function close(): Promise<void> {
    stepper.interrupt()
    for (const feed of feeds) feed.close()
    feeds.clear()
    await actors.clear()
    await proxyHost.close()
    await network.close()
    clock.dispose()
    await recorder.close()
  }

  /** While anybody looks at the past, the present stands still. */
  function lookBack(looking: boolean): void {
    lookingBack += looking ? 1 : -1
    if (!looking) return
    stepper.interrupt()
    pause()
  }

  function setLatency(latencyMs: number): void {
    lab.latencyMs = latencyMs
    journal.emit({ type: 'latency.changed', latencyMs })
  }

  function pause(): void {
    if (!clock.paused) changeClock(() => clock.pause())
  }

  function resume(): void {
    if (clock.paused) changeClock(() => clock.resume())
  }

  function changeClock(change: () => void): void {
    change()
    journal.emit({ type: 'clock.changed', paused: clock.paused, speed: clock.speed })
  }

  function refused(error: string, inLog = error): CommandResult {
    warn(`A command was refused: ${inLog}`)
    return { ok: false, error }
  }

  return {
    proxy,
    get state() {
      return journal.state
    },
    async execute(value) {
      const parsed = parseCommand(value)
      if (!parsed.ok) return refused(parsed.error, parsed.inLog)
      try {
        const { command } = parsed
        const carried = () => carryOut(command)
        const node = await (CHANGES_WHO_IS_THERE.has(command.type) ? inTurn(carried) : carried())
        return node === undefined ? { ok: true } : { ok: true, node }
      } catch (error) {
        if (error instanceof CommandError) return refused(error.message, error.inLog)
        throw error
      }
    },
    subscribe: (listener) => journal.subscribe(listener),
    openFeed(send) {
      const feed = openFeed(journal, clock, send, lookBack)
      feeds.add(feed)
      return {
        ...feed,
        close() {
          feeds.delete(feed)
          feed.close()
        },
      }
    },
    readRecording: (source, from) =>
      source === 'session' ? recorder.read(from) : recovered.read(source, from),
    listRecovered: () => recovered.list(),
    discardRecovered: (name) => recovered.discard(name),
    close: () => inTurn(close),
  }
}

const CHANGES_WHO_IS_THERE: ReadonlySet<Command['type']> = new Set([
  'addServer',
  'addClient',
  'updateServer',
  'updateClient',
  'removeNode',
  'reset',
  'openScenario',
] as const)

/** What may be asked for while a screen looks back: it changes nothing that has happened or is under way. */
const LEAVES_THE_PRESENT: ReadonlySet<Command['type']> = new Set([
  'pause',
  'setSpeed',
  'setBreakpoint',
  'removeBreakpoint',
] as const)

/**
 * Servers register one after the other: the order of registration is the order of turns. Gives what could not be made,
 * each as a sentence; the others are there.
 */
async function load(actors: InsideActors, { servers, clients }: Scenario): Promise<string[]> {
  const problems: string[] = []
  async function make(what: string, add: () => unknown): Promise<void> {
    try {
      await add()
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      problems.push(`${what} could not be made. ${error.message}`)
    }
  }
  for (const server of servers) await make(`Server ${server.id}`, () => actors.addServer(server))
  for (const client of clients) await make(`Client ${client.id}`, () => actors.addClient(client))
  return problems
}

/** At most this many of what could not be made are told. */
const MOST_PROBLEMS = 3

function partlyMade(problems: readonly string[], name: string): string {
  const told = problems.slice(0, MOST_PROBLEMS)
  const left = problems.length - told.length
  const more = left > 0 ? ` And ${left} more could not be made.` : ''
  return `${told.join(' ')}${more} The rest of “${name}” is there.`
}

async function listen(proxy: ProxyHost, host: string, asked: number | undefined): Promise<number> {
  const first = asked ?? DEFAULT_PROXY_PORT
  const tries = asked === undefined ? PROXY_PORT_TRIES : 1
  for (let port = first; port < first + tries; port++) {
    try {
      return await proxy.listen(host, port)
    } catch (error) {
      if (!(error instanceof PortError)) throw error
      if (asked !== undefined) {
        throw new Error(
          `${error.message}: name another one with --proxy-port, or 0 for any free one.`,
        )
      }
    }
  }
  throw new Error(
    `All ports from ${first} to ${first + tries - 1} are in use by other programs: name one with --proxy-port, or 0 for any free one.`,
  )
}
