// A session: a lab from its first event, at time 0, to its end, with everything that belongs to it alone. The next session
// has all of this anew; only the sockets' network, the ports and the screens go from one to the next.
import { dialledAddress } from '../../shared/addresses'
import type { RecordingPart } from '../../shared/contract'
import { PROXY } from '../../shared/ids'
import { type PoolSetup, poolNow } from '../../shared/pool-setup'
import type { ProxyPrograms } from '../../shared/proxy-programs'
import { isUntouched } from '../../shared/untouched'
import { InsideActors } from './actors/inside-actors'
import type { SteppableClock } from './clock/clock'
import { turnDate } from './clock/turn-time'
import { ChangeHistory } from './commands/history'
import type { LabParts } from './commands/row'
import { begin } from './commands/scenario'
import { ProxySwap } from './foreign/proxy-swap'
import type { Guests } from './guests/guests'
import type { Lab } from './lab'
import { LookingBack } from './looking-back'
import type { Looks } from './looks'
import type { ClosableNetwork } from './net/network'
import { newLab } from './new-lab'
import { ProxyHost } from './proxy/host'
import { OutsidePrograms } from './proxy/outside-programs'
import type { ServerPorts } from './server-ports'
import { Stepper } from './stepping'
import { Journal } from './story/journal'
import { SecondReports } from './story/metrics'
import { Recorder } from './story/recording/recorder'
import { newSessionName } from './story/recording/session-names'
import { TimeControl } from './time-control'

/** Where the proxy listens. */
export interface ProxyAddress {
  host: string
  port: number
  askedPort: number
  /** Further addresses with the same port. */
  otherHosts: readonly string[]
}

interface SessionOptions {
  clock: SteppableClock
  network: ClosableNetwork
  proxy: ProxyAddress
  ports: ServerPorts
  latencyMs: number | undefined
  version: string
  folder: string | undefined
  isRecorded: boolean
  keepsMessages: boolean
  /** Go from one session to the next. */
  guests: Guests
  /** Those of the screens, which go from one session to the next. */
  looks: Looks
  tell: (text: string) => void
  /** Undefined: no other program can take the proxy's place. */
  programs: ProxyPrograms | undefined
  /** Subscribes those who follow all sessions, before the first event. */
  follow: (journal: Journal) => void
  /** Carries out `LabParts.succeed`. */
  succeed: LabParts['succeed']
}

export class Session {
  readonly clock: SteppableClock
  readonly journal: Journal
  readonly parts: LabParts
  private readonly recorder: Recorder | undefined

  /** Begins at time 0, without a server or a client. */
  constructor(options: SessionOptions, { scenario, asItIs }: PoolSetup) {
    const { clock, network, proxy, version, folder, looks, tell, succeed, keepsMessages } = options
    // Simulated time is read first: the other way round, time that passes in between would date the start too early.
    const simNow = clock.now()
    const startedAt = turnDate() - simNow
    const journal = new Journal(clock, { session: newSessionName(startedAt), keepsMessages })
    this.clock = clock
    this.journal = journal
    // Subscribes first, so that its state at an event includes nothing later.
    if (options.isRecorded) {
      this.recorder = new Recorder(journal, { startedAt, app: version, folder, tell })
    }
    new SecondReports(clock, journal)
    options.follow(journal)
    const endpoint = { host: dialledAddress(proxy.host), port: proxy.port }
    const own = { endpointOf: () => endpoint }
    const lab = newLab({ clock, journal, network, seat: own }, options.latencyMs)
    const outside = new OutsidePrograms(journal, options.guests)
    const host = new ProxyHost(lab, outside)
    for (const address of [endpoint.host, ...proxy.otherHosts]) {
      lab.connections.listening(address, proxy.port, PROXY)
    }
    announce(lab, proxy)
    looks.follow((watched) => host.watch(watched))
    const actors = new InsideActors(lab, host, options.ports)
    const { programs } = options
    const foreign = new ProxySwap({ lab, host, actors, programs, own, tell })
    const time = new TimeControl(
      clock,
      journal,
      new Stepper({ clock, journal, network, connections: lab.connections }),
    )
    const history = new ChangeHistory(lab)
    lab.breakpoints.onUsedUp = () => history.report()
    this.parts = {
      lab,
      proxy: host,
      actors,
      foreign,
      outside,
      time,
      lookingBack: new LookingBack(time),
      looks,
      history,
      scenario,
      begunWith: asItIs,
      succeed,
    }
  }

  /** The lab's present pool. */
  get pool(): PoolSetup {
    return poolNow(this.journal.state, this.parts.scenario)
  }

  /** A part of its recording. Rejects with an Error for the user. */
  async read(from: number): Promise<RecordingPart> {
    if (this.recorder === undefined) throw new Error('This session is not recorded.')
    return this.recorder.read(from)
  }

  /** Creates its servers and clients; returns a sentence for each part that could not be created. */
  begin(): Promise<readonly string[]> {
    return begin(this.parts, this.parts.begunWith)
  }

  /** Keeps it on disk as it is now, and closes all of its sockets. */
  async end(): Promise<void> {
    const { time, actors, proxy, foreign, begunWith } = this.parts
    time.interrupt()
    await foreign.swapOut('')
    const kept = this.recorder?.close({ untouched: isUntouched(this.journal.state, begunWith) })
    await actors.clear()
    proxy.close()
    this.clock.dispose()
    await kept
  }
}

function announce({ journal, links }: Lab, proxy: ProxyAddress): void {
  const { host, port, askedPort, otherHosts } = proxy
  journal.emit({ type: 'proxy.listening', ...proxy })
  journal.emit({ type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside', port } })
  journal.emit({ type: 'links.changed', ...links })
  const where = `Listening on ${[host, ...otherHosts].join(' and ')} port ${port}`
  const text =
    port === askedPort || askedPort === 0 ? where : `${where}: port ${askedPort} is taken`
  journal.emit({ type: 'log', node: PROXY, level: 'info', text })
}
