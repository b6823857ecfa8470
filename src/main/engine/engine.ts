// The engine: runs one session after another, and connects screens to the one that runs.
import { join, resolve } from 'node:path'
import { dialledAddress } from '../../shared/addresses'
import type { CommandResult, UserRole } from '../../shared/commands'
import type { KeptSession, RecordingPart, RecordingSource } from '../../shared/contract'
import type { LabEvent } from '../../shared/events'
import type { SimMs } from '../../shared/ids'
import { DEFAULT_PROXY_PORT } from '../../shared/limits'
import type { PoolSetup } from '../../shared/pool-setup'
import type { ProxyPrograms } from '../../shared/proxy-programs'
import { CLASSIC_POOL, type Scenario } from '../../shared/scenario'
import type { State } from '../../shared/state/state'
import type { SteppableClock } from './clock/clock'
import { createRealClock } from './clock/real-clock'
import { CommandExecutor } from './commands/executor'
import type { CommandRule } from './commands/rule'
import { partlyMade } from './commands/scenario'
import { type GuestDoor, openGuestDoor } from './guest-door'
import { type GuestRules, Guests } from './guests/guests'
import type { Asker } from './looking-back'
import { Looks } from './looks'
import type { ClosableNetwork, Connection } from './net/network'
import { createNodeNetwork } from './net/node-network'
import { OperatorNotices } from './operator-notices'
import { PoolFile } from './pool-file'
import { listenOnPort } from './proxy-port'
import { type Screen, Screens } from './screens'
import { ServerPorts } from './server-ports'
import { type ProxyAddress, Session } from './session'
import type { Journal } from './story/journal'
import { KeptSessions } from './story/recording/kept-sessions'

export interface EngineOptions {
  /**
   * Default: 2100 or the next free port. 0: any free port. Any other number: that port; `createEngine` rejects if it is
   * taken.
   */
  proxyPort?: number | undefined
  /** The address on which the proxy listens; default: loopback, both kinds of address. */
  proxyHost?: string | undefined
  /** How long links hold a packet, in simulated milliseconds; 0: as fast as sockets go. */
  latencyMs?: number | undefined
  /** Default: the pool as it was left at the last start with the same folder, else the classic pool. */
  scenario?: Scenario | undefined
  /** The folder in which sessions and the pool are kept; by default nothing is written. */
  recordingsFolder?: string | undefined
  /** False: sessions are not recorded, so nobody can look back. */
  isRecorded?: boolean
  /**
   * False: the state has nothing of single messages, which makes a lab faster that no screen looks at. Its figures, and its
   * events for those who subscribe, are complete.
   */
  keepsMessages?: boolean
  /** The version of the app, for its recordings. */
  version?: string
  /** Gets errors that stop nothing, and each refused command, never a message's text. */
  warn?: (text: string) => void
  /** Starts what takes the proxy's place; by default nothing can. */
  programs?: ProxyPrograms | undefined
  network?: ClosableNetwork
  /** Creates the clock of each session. */
  createClock?: () => SteppableClock
}

export interface Engine {
  readonly proxy: ProxyAddress
  /** The simulated time of this session. */
  readonly now: SimMs
  /** The state after all events of this session so far. */
  readonly state: State
  /** Checks and carries out an operator's command; the result has any error. */
  execute(command: unknown, kept?: Pick<Asker, 'isRemembered'>): Promise<CommandResult>
  /**
   * Binds the screens' commands, undo and redo among them, by this rule, in place of any earlier one; returns a function that
   * lifts it. `execute` is not bound.
   */
  restrict(rule: CommandRule): () => void
  /**
   * Calls back once so much simulated time of the running session has passed, and never if that ends before; returns a function
   * that cancels it.
   */
  schedule(delayMs: SimMs, fire: () => void): () => void
  /** Connects a screen. `notify` gets sentences for its operator. */
  openScreen(
    role: UserRole,
    notify?: (sentence: string) => void,
    kept?: Pick<Asker, 'isRemembered'>,
  ): Screen
  /** Calls the listener for each event of this session and later ones; returns a function that stops this. */
  subscribe(listener: (event: LabEvent) => void): () => void
  /** A part of a recording, from this byte on. Rejects with an Error for the user. */
  readRecording(source: RecordingSource, from: number): Promise<RecordingPart>
  /** The sessions that are kept, newest first. */
  listSessions(): Promise<readonly KeptSession[]>
  /** Rejects with an Error for the user if there is no such session. */
  discardSession(name: string): Promise<void>
  /** Calls the listener when a session has been kept or discarded; returns a function that stops this. */
  onSessionsChange(listener: () => void): () => void
  /**
   * From now on programs of other machines may connect to the proxy at an address of this one. Rejects with an Error for the
   * user if they cannot.
   */
  letGuestsIn(rules: GuestRules): Promise<GuestDoor>
  /** The app's page is served to browsers on this port: no server may register it. */
  servesPageOn(port: number): void
  /** Keeps the session, and closes every screen and every socket. */
  close(): Promise<void>
}

const POOL_FILE = 'pool.json'

/** Rejects with an Error for the user if the requested port is taken. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { warn = () => {}, createClock = createRealClock, latencyMs, version = 'unknown' } = options
  const folder =
    options.recordingsFolder === undefined ? undefined : resolve(options.recordingsFolder)
  const network = options.network ?? createNodeNetwork()
  const accept = (connection: Connection) => session.parts.proxy.accept(connection)
  const listeners = await listenOnPort(network, options.proxyPort, accept, options.proxyHost)
  const [{ address: host, port }, ...others] = listeners
  const proxy: ProxyAddress = {
    host,
    port,
    askedPort: options.proxyPort ?? DEFAULT_PROXY_PORT,
    otherHosts: others.map(({ address }) => address),
  }
  const ports = new ServerPorts(network, dialledAddress(host))

  const notices = new OperatorNotices()
  const tell = (text: string): void => {
    warn(text)
    notices.add(text)
  }
  const kept = new KeptSessions(folder)
  // Crashed sessions are counted as soon as their successor starts.
  const trimmed = kept.trim()
  const poolFile = new PoolFile({
    path: folder === undefined ? undefined : join(folder, POOL_FILE),
    pool: () => session.pool,
    inTurn: (save) => commands.inTurn(save),
    tell,
  })
  const guests = new Guests()
  let webPort: number | undefined
  const looks = new Looks()
  const followers = new Map<(event: LabEvent) => void, () => void>()

  const { scenario } = options
  const left = scenario === undefined ? await poolFile.read() : undefined
  const opened = scenario ?? CLASSIC_POOL
  let session = startSession(left ?? { scenario: opened, asItIs: opened }, latencyMs)
  const commands = new CommandExecutor(
    () => session.parts,
    warn,
    () => poolFile.changed(),
  )
  const screens = new Screens(() => session, commands, notices)
  const problems = await session.begin()
  if (problems[0] !== undefined) {
    if (left === undefined) {
      await end()
      throw new Error(problems[0])
    }
    tell(partlyMade(problems, left.scenario.name))
  }

  /** `linksMs`: the latency of links, whatever the pool says. */
  function startSession({ scenario, asItIs }: PoolSetup, linksMs?: number): Session {
    const pool = linksMs === undefined ? asItIs : { ...asItIs, latencyMs: linksMs }
    const started = new Session(
      {
        clock: createClock(),
        network,
        proxy,
        ports,
        latencyMs,
        version,
        folder,
        looks,
        guests,
        isRecorded: options.isRecorded ?? true,
        keepsMessages: options.keepsMessages ?? true,
        tell,
        programs: options.programs,
        follow,
        succeed: followWith,
      },
      { scenario, asItIs: pool },
    )
    if (webPort !== undefined) started.parts.lab.webPort = webPort
    return started
  }

  function follow(journal: Journal): void {
    for (const follower of followers.keys()) followers.set(follower, journal.subscribe(follower))
  }

  async function followWith(next: PoolSetup): Promise<readonly string[]> {
    const before = session
    session = startSession(next)
    screens.follow()
    // Servers of the next session may need the ports of this one.
    await before.end()
    await kept.trim()
    kept.changed()
    return session.begin()
  }

  async function end(): Promise<void> {
    screens.closeAll()
    const closed = listeners.map((listener) => listener.close())
    await session.end()
    await trimmed
    await kept.trim()
    await Promise.all(closed)
    await network.close()
  }

  const itself: Asker = { role: 'operator' }

  return {
    proxy,
    get now() {
      return session.clock.now()
    },
    get state() {
      return session.journal.state
    },
    execute: (command, kept) =>
      commands.execute(command, kept === undefined ? itself : { ...itself, ...kept }),
    restrict: (rule) => commands.restrict(rule),
    schedule(delayMs, fire) {
      const { clock } = session
      const timer = clock.schedule(delayMs, fire)
      return () => clock.cancel(timer)
    },
    openScreen: (role, notify, kept) => screens.connect(role, notify, kept),
    subscribe(listener) {
      followers.set(listener, session.journal.subscribe(listener))
      return () => {
        followers.get(listener)?.()
        followers.delete(listener)
      }
    },
    readRecording: (source, from) =>
      source === 'session' ? session.read(from) : kept.read(source, from),
    listSessions: () => kept.list(),
    discardSession: (name) => kept.discard(name),
    onSessionsChange: (listener) => kept.onChange(listener),
    letGuestsIn: (rules) =>
      openGuestDoor({ guests, network, listeners, accept, parts: () => session.parts }, rules),
    servesPageOn(port) {
      webPort = port
      session.parts.lab.webPort = port
    },
    close: () => commands.inTurn(() => Promise.all([poolFile.save(), end()]).then(() => {})),
  }
}
