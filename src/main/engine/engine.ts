// The engine: which parts does a lab have, and who starts and ends them?
import { resolve } from 'node:path'
import type { CommandResult, UserRole } from '../../shared/commands'
import type { RecordingPart, RecordingSource, RecoveredSession } from '../../shared/contract'
import type { LabEvent } from '../../shared/events'
import { PROXY } from '../../shared/ids'
import { DEFAULT_HOST, DEFAULT_PROXY_PORT } from '../../shared/limits'
import { CLASSIC_POOL, type Scenario } from '../../shared/scenario'
import { settled } from '../../shared/settings/derive'
import { LINK_SETTINGS } from '../../shared/settings/link'
import type { State } from '../../shared/state/state'
import { InsideActors } from './actors/inside-actors'
import type { SteppableClock } from './clock/clock'
import { createRealClock } from './clock/real-clock'
import { CommandExecutor } from './commands/executor'
import { ChangeHistory } from './commands/history'
import type { LabParts } from './commands/row'
import { begin } from './commands/scenario'
import type { Lab } from './lab'
import { Breakpoints } from './links/breakpoints'
import { Connections } from './links/connections'
import { HeldPackets } from './links/held-packets'
import { type Asker, LookingBack } from './looking-back'
import type { ClosableNetwork } from './net/network'
import { createNodeNetwork } from './net/node-network'
import { ProxyHost } from './proxy/host'
import { OutsidePrograms } from './proxy/outside-programs'
import { listenOnPort } from './proxy-port'
import { type Screen, Screens } from './screens'
import { Stepper } from './stepping'
import { Journal } from './story/journal'
import { Recorder, realNow } from './story/recording/recorder'
import { RecoveredSessions } from './story/recording/recovered'
import { TimeControl } from './time-control'

export interface EngineOptions {
  /**
   * Default: 2100 or the next free port. 0: any free port. Any other number: that port; `createEngine` rejects if it is
   * taken.
   */
  proxyPort?: number | undefined
  /** How long links hold a packet, in simulated milliseconds; 0: as fast as sockets go. */
  latencyMs?: number | undefined
  scenario?: Scenario
  /** The folder for the running session's file and for those of crashed sessions; by default nothing is written. */
  recordingsFolder?: string | undefined
  /** The version of the app, for its recordings. */
  version?: string
  /** Gets errors that stop nothing, and each refused command, never a message's text. */
  warn?: (text: string) => void
  network?: ClosableNetwork
  clock?: SteppableClock
}

export interface Engine {
  readonly proxy: { host: string; port: number; askedPort: number }
  /** The state after all events so far. */
  readonly state: State
  /** Checks and carries out an operator's command; the result has any error. */
  execute(command: unknown): Promise<CommandResult>
  /** Connects a screen. */
  openScreen(role: UserRole): Screen
  /** Calls the listener for each event; returns a function that stops this. */
  subscribe(listener: (event: LabEvent) => void): () => void
  /** A part of a recording, from this byte on. Rejects with an Error for the user. */
  readRecording(source: RecordingSource, from: number): Promise<RecordingPart>
  /** Sessions that ended without being closed, newest first. */
  listRecovered(): Promise<readonly RecoveredSession[]>
  /** Rejects with an Error for the user if there is no such recording. */
  discardRecovered(name: string): Promise<void>
  /** The app's page is served to browsers on this port: no server may register it. */
  servesPageOn(port: number): void
  /** Closes every screen and every socket. */
  close(): Promise<void>
}

/** Rejects with an Error for the user if the requested port is taken. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { warn = () => {} } = options
  const clock = options.clock ?? createRealClock()
  const network = options.network ?? createNodeNetwork()
  const journal = new Journal(clock)
  const folder =
    options.recordingsFolder === undefined ? undefined : resolve(options.recordingsFolder)
  // Simulated time is read first: the other way round, time that passes in between would date the start too early.
  const simNow = clock.now()
  const startedAt = realNow() - simNow
  // Subscribes first, so that its state at an event includes nothing later.
  const recorder = new Recorder(journal, {
    startedAt,
    app: options.version ?? 'unknown',
    folder,
    warn,
  })
  const recovered = new RecoveredSessions(folder)
  const lab: Lab = {
    clock,
    journal,
    network,
    connections: new Connections(journal),
    breakpoints: new Breakpoints(journal),
    heldPackets: new HeldPackets(journal),
    links: settled(LINK_SETTINGS, { latencyMs: options.latencyMs }),
  }
  const outside = new OutsidePrograms(journal)
  const host = DEFAULT_HOST
  const proxyHost = new ProxyHost(lab, outside)
  const askedPort = options.proxyPort ?? DEFAULT_PROXY_PORT
  const port = await listenOnPort(proxyHost, host, options.proxyPort)
  const proxy = { host, port, askedPort }

  journal.emit({ type: 'proxy.listening', ...proxy })
  journal.emit({ type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside', port } })
  journal.emit({ type: 'links.changed', ...lab.links })
  const where = `Listening on ${host} port ${port}`
  const text =
    port === askedPort || askedPort === 0 ? where : `${where}: port ${askedPort} is taken`
  journal.emit({ type: 'log', node: PROXY, level: 'info', text })

  const actors = new InsideActors(lab, proxyHost, { host, port })
  const stepper = new Stepper({ clock, journal, network, connections: lab.connections })
  const time = new TimeControl(clock, journal, stepper)
  const lookingBack = new LookingBack(time)
  const { scenario = CLASSIC_POOL } = options
  const history = new ChangeHistory(lab)
  lab.breakpoints.onUsedUp = () => history.report()
  const parts: LabParts = {
    lab,
    proxy: proxyHost,
    actors,
    outside,
    time,
    lookingBack,
    history,
    scenario,
  }
  const commands = new CommandExecutor(parts, warn)
  const screens = new Screens({ journal, clock, commands, lookingBack })
  try {
    const [problem] = await begin(parts)
    if (problem !== undefined) throw new Error(problem)
  } catch (error) {
    await close()
    throw error
  }

  async function close(): Promise<void> {
    time.interrupt()
    screens.closeAll()
    await actors.clear()
    await proxyHost.close()
    await network.close()
    clock.dispose()
    await recorder.close()
  }

  const itself: Asker = { role: 'operator' }

  return {
    proxy,
    get state() {
      return journal.state
    },
    execute: (command) => commands.execute(command, itself),
    openScreen: (role) => screens.connect(role),
    subscribe: (listener) => journal.subscribe(listener),
    readRecording: (source, from) =>
      source === 'session' ? recorder.read(from) : recovered.read(source, from),
    listRecovered: () => recovered.list(),
    discardRecovered: (name) => recovered.discard(name),
    servesPageOn: (port) => {
      lab.webPort = port
    },
    close: () => commands.inTurn(close),
  }
}
