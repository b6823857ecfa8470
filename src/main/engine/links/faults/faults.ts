// The faults that are set on all links, and the open streams, which hear of each change.
import { ChurningSet } from '../../../../shared/churning-map'
import type { CommandOf } from '../../../../shared/commands'
import { linkOf } from '../../../../shared/fault-words'
import type { FaultId, NodeId } from '../../../../shared/ids'
import { MAX_FAULTS } from '../../../../shared/limits'
import type { LinkFault } from '../../../../shared/link-fault'
import { given, known, settled } from '../../../../shared/settings/derive'
import { FAULT_SETTINGS, type FaultValues } from '../../../../shared/settings/fault'
import { faultsOn } from '../../../../shared/state/faults'
import { createRandom, type Random } from '../../clock/random'
import { CommandError } from '../../command-error'
import type { Journal } from '../../story/journal'

export interface SetFault extends FaultValues {
  readonly id: FaultId
  readonly link: string
}

/** A listener for changes of faults: an open stream, for example. */
interface HarmedStream {
  /** Faults have changed. */
  faultsChanged(): void
}

export class Faults {
  /** In order of their ids. */
  private readonly all = new Map<FaultId, SetFault>()
  private readonly streams = new ChurningSet<HarmedStream>()
  private lastId = 0
  /** How many connections there were on each link, and health checks beside them. */
  private readonly counts = new Map<string, number>()

  constructor(private readonly journal: Journal) {}

  /** Whether any fault is set: without one, links need not ask. */
  get active(): boolean {
    return this.all.size > 0
  }

  get inOrder(): Iterable<SetFault> {
    return this.all.values()
  }

  /** Sets a new fault or, with an id, changes one: omitted fields keep their values. */
  put({ id, link, ...wish }: Omit<CommandOf<'setFault'>, 'type'>): void {
    const before = id === undefined ? undefined : this.known(id)
    if (before === undefined) this.checkRoom()
    const values = settled(FAULT_SETTINGS, {
      ...(before && given(FAULT_SETTINGS, before)),
      ...given(FAULT_SETTINGS, wish),
    })
    this.begin({ id: before?.id ?? this.lastId + 1, link: link ?? linkIn(before), ...values })
  }

  /** Sets a removed fault again, with its former id. */
  restore({ id, link, ...values }: LinkFault): void {
    this.checkRoom()
    this.begin({ id, link, ...settled(FAULT_SETTINGS, known(FAULT_SETTINGS, values)) })
  }

  remove(id: FaultId): void {
    this.known(id)
    this.all.delete(id)
    this.journal.emit({ type: 'fault.removed', fault: id })
    this.tell()
  }

  /** Removes all faults; numbers begin at 1 again. */
  clear(): void {
    for (const id of [...this.all.keys()]) this.remove(id)
    this.lastId = 0
    this.counts.clear()
  }

  /**
   * Names a new connection on this node's link by its number there, so that its chances do not depend on other nodes.
   */
  nameOnLink(node: NodeId, what: 'connection' | 'check' = 'connection'): string {
    const link = `${what} of ${linkOf(node)}`
    const number = (this.counts.get(link) ?? 0) + 1
    this.counts.set(link, number)
    return `${link} ${number}`
  }

  opened(stream: HarmedStream): void {
    this.streams.add(stream)
  }

  closed(stream: HarmedStream): void {
    this.streams.delete(stream)
  }

  /** Whether it is set, with these settings. */
  has(fault: SetFault): boolean {
    return this.all.get(fault.id) === fault
  }

  /** The faults on the link of this node, in order of their ids. */
  of(node: NodeId): readonly SetFault[] {
    return faultsOn(this.all, node)
  }

  /** Whether the link of this node is down for a new connection. */
  isDown(node: NodeId): boolean {
    return this.active && this.of(node).some(({ fault }) => fault === 'down')
  }

  /** The chance of a fault on one direction of one connection, or for one message there. */
  randomOf({ id }: SetFault, direction: string): Random {
    return createRandom(this.journal.state.seed, `fault ${id} ${direction}`)
  }

  private begin(fault: SetFault): void {
    this.lastId = Math.max(this.lastId, fault.id)
    const sorted = [...this.all, [fault.id, fault] as const].sort(([one], [other]) => one - other)
    this.all.clear()
    for (const [id, one] of sorted) this.all.set(id, one)
    this.journal.emit({ type: 'fault.set', fault })
    this.tell()
  }

  private tell(): void {
    for (const stream of [...this.streams.values()]) stream.faultsChanged()
  }

  private checkRoom(): void {
    if (this.all.size >= MAX_FAULTS) {
      throw new CommandError(`There are ${MAX_FAULTS} faults already: take some of them out first.`)
    }
  }

  private known(id: FaultId): SetFault {
    const fault = this.all.get(id)
    if (fault === undefined) throw new CommandError(`There is no fault ${id}.`)
    return fault
  }
}

function linkIn(before: SetFault | undefined): string {
  if (before) return before.link
  throw new CommandError('A fault is on a link: server:100, say.')
}
