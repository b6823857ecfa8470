// Puts another program in our proxy's place, and takes it away again. Our own proxy steps aside meanwhile: it keeps its table
// and its turns, and refuses connections to its port.
import type { ForeignProxy, SeenChoice } from '../../../shared/foreign-proxy'
import { PROXY, type ProtocolId } from '../../../shared/ids'
import type { Spelling } from '../../../shared/protocol/spelling'
import {
  hasConfiguration,
  type ProxyPrograms,
  type ProxyWish,
  type StartedProxy,
} from '../../../shared/proxy-programs'
import { poolIn } from '../../../shared/state/pool'
import type { InsideActors } from '../actors/inside-actors'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import type { ProxyHost } from '../proxy/host'
import type { ProxySeat } from '../proxy-seat'
import { printedBy } from './printed-lines'
import { RegistrationsInTurn } from './registrations-in-turn'
import { SeenAnswerer, SeenQuestioner } from './seen-senders'
import { Sightings } from './sightings'

interface ProxySwapParts {
  readonly lab: Lab
  readonly host: ProxyHost
  readonly actors: InsideActors
  /** Undefined: no program can be started here. */
  readonly programs: ProxyPrograms | undefined
  /** Our own proxy's. */
  readonly own: ProxySeat
  /** Gets a sentence for every operator. */
  readonly tell: (sentence: string) => void
}

interface Present {
  readonly program: StartedProxy
  readonly stopWatching: () => void
}

export class ProxySwap {
  private present: Present | undefined
  private readonly registrations: RegistrationsInTurn

  constructor(private readonly parts: ProxySwapParts) {
    this.registrations = new RegistrationsInTurn(parts.lab)
  }

  /** Rejects with a CommandError for the person who asked if the program does not start, or does not listen. */
  async swapIn(wish: ProxyWish, spelling: Spelling): Promise<void> {
    const { lab, programs } = this.parts
    if (programs === undefined) {
      throw new CommandError('No other program can be started in this lab.')
    }
    await this.swapOut('')
    let present: Present | undefined
    let ended: string | undefined
    const watcher = {
      onLine: printedBy(lab),
      onEnd: (how: string) => {
        ended = how
        if (present !== undefined && this.present === present) this.endedByItself(how)
      },
    }
    const program = await programs.start(wish, watcher).catch((error: unknown) => {
      throw error instanceof Error ? new CommandError(error.message) : error
    })
    if (ended !== undefined) throw new CommandError(ended)
    present = this.seat(program, wish, spelling)
  }

  /** `why`: a sentence, if nobody asked for it. Does nothing if our own proxy is there. */
  async swapOut(why: string): Promise<void> {
    const { present } = this
    if (present === undefined) return
    this.leave(present, why)
    await present.program.stop()
  }

  private seat(program: StartedProxy, wish: ProxyWish, spelling: Spelling): Present {
    const { lab, host } = this.parts
    const { kind } = wish
    const { state } = lab.journal
    const { name, port, portOf } = program
    const isConfigured = hasConfiguration(kind)
    const listed = new Map(
      [...state.rows.values()].map(({ server, policy }) => [server, policy] as const),
    )
    const serversOf = (policy: ProtocolId) => {
      if (!isConfigured) return this.registered(policy)
      if (poolIn(state, policy).algorithm !== 'round-robin') return undefined
      return [...listed].filter(([, its]) => its === policy).map(([server]) => server)
    }
    const sightings = new Sightings(serversOf)
    const tell = (choice: SeenChoice) => lab.journal.emit({ type: 'choice.seen', ...choice })
    const present = {
      program,
      stopWatching: lab.journal.subscribe((event) => sightings.apply(event)),
    }
    this.present = present
    const described: ForeignProxy = {
      name,
      kind,
      host: program.host,
      port,
      takesRegistrations: !isConfigured,
    }
    lab.seat = {
      registrationSent: (node) => this.registrations.sent(node),
      endpointOf: (policy) => ({ host: program.host, port: portOf?.get(policy) ?? port }),
      foreign: {
        spelling,
        takesRegistrations: described.takesRegistrations,
        connectsPerMessage: true,
        questioner: (node) =>
          new SeenQuestioner(sightings, lab.journal.state.nodes.get(node)?.protocolId ?? '', tell),
        answerer: () =>
          new SeenAnswerer(lab.journal, sightings, (id) => lab.journal.state.rows.has(id), tell),
      },
    }
    lab.journal.emit({ type: 'proxy.swapped', proxy: described })
    host.stepAside(
      `${name} stands in this proxy’s place, on port ${port}: connect there, or swap Roundabout’s proxy back.`,
    )
    this.moveAll()
    return present
  }

  /** A policy's inside servers, as they have registered. */
  private registered(policy: ProtocolId): readonly ProtocolId[] {
    const { rows, nodes } = this.parts.lab.journal.state
    const isInside = (node: string) => nodes.get(node)?.origin === 'inside'
    const known = [...rows.values()].filter(
      ({ policy: its, node }) => its === policy && isInside(node),
    )
    const later = [...nodes.values()].filter(
      ({ role, origin, policy: its, protocolId = '' }) =>
        role === 'server' && origin === 'inside' && its === policy && !rows.has(protocolId),
    )
    return [...known.map(({ server }) => server), ...later.map(({ protocolId = '' }) => protocolId)]
  }

  private endedByItself(how: string): void {
    const { present } = this
    if (present === undefined) return
    const why = `${present.program.name} has ended: ${how} Roundabout’s own proxy is back.`
    this.leave(present, why)
    this.parts.tell(why)
    void present.program.stop()
  }

  private leave({ stopWatching }: Present, why: string): void {
    const { lab, host, own } = this.parts
    this.present = undefined
    stopWatching()
    lab.seat = { ...own, registrationSent: (node) => this.registrations.sent(node) }
    lab.journal.emit({ type: 'proxy.returned', why })
    if (why !== '') lab.journal.emit({ type: 'log', node: PROXY, level: 'error', text: why })
    host.stepAside(undefined)
    this.moveAll()
  }

  /** The next messages and registrations go to the proxy that is there now; servers register in the order of the table. */
  private moveAll(): void {
    const { lab, actors } = this.parts
    for (const client of actors.allClients()) client.proxyChanged()
    const inTable = [...lab.journal.state.rows.values()].map(({ node }) => node)
    const nodes = new Set([...inTable, ...actors.servers.keys()])
    this.registrations.begin([...nodes].flatMap((node) => actors.servers.get(node) ?? []))
  }
}
