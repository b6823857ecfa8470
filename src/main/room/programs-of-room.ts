// Lets programs of the room join the lab while the instructor allows it, and knows whose they are: viewers with a name at
// the same address. A viewer can do nothing about them; their programs have the proxy's port, and no command.
import type { Machine } from '../../shared/ids'
import type { JoinedPrograms, ProgramGroup, ProgramsAt } from '../../shared/room/programs'
import type { RoomMessage } from '../../shared/room/viewer-line'
import type { Engine, GuestDoor } from '../engine'
import { programGroups } from './program-groups'
import type { ViewerSocket } from './viewer-socket'
import type { Viewer, Viewers } from './viewers'

export type AdmittingEngine = Pick<Engine, 'state' | 'letGuestsIn'>

/** How often it looks what they do. */
const LOOK_MS = 1_000
/** Names of those at one address that are spelled out. */
const MOST_NAMES = 3

interface Options {
  engine: AdmittingEngine
  /** The address of the class, at which programs join, too. */
  host: string
  viewers: Viewers
  /** What the instructor sees of them has changed. */
  changed: () => void
  now?: (() => number) | undefined
}

export class ProgramsOfRoom {
  private door: GuestDoor | undefined
  private opening: Promise<void> | undefined
  private isOver = false
  private groups: readonly ProgramGroup[] = []
  /** What was told last, to tell only what is new. */
  private told = ''
  private readonly timer: NodeJS.Timeout
  private readonly toldTo = new WeakMap<ViewerSocket, string>()

  constructor(private readonly options: Options) {
    this.timer = setInterval(() => this.look(), LOOK_MS)
  }

  shown(): JoinedPrograms {
    this.read()
    return { at: this.at(), groups: this.groups }
  }

  /** A page of this viewer has joined from this address. */
  joined(page: ViewerSocket, viewer: Viewer, address: string): void {
    viewer.address = address
    this.tell(page, address)
  }

  /**
   * Rejects with an Error for the instructor if they cannot join, or may already. `allow`: rejects if the person at this
   * machine does not allow it.
   */
  async letIn(allow: () => Promise<void>): Promise<void> {
    const { engine, host, now } = this.options
    if (this.opening !== undefined || this.door !== undefined) {
      throw new Error('Programs may join already.')
    }
    const nameOf = (machine: Machine) => this.nameOf(machine) || machine
    const opened = async () => {
      await allow()
      if (this.isOver) return
      this.door = await engine.letGuestsIn({ host, nameOf, now })
      if (this.isOver) await this.end()
    }
    this.opening = opened()
    try {
      await this.opening
    } finally {
      this.opening = undefined
    }
    this.look()
  }

  /** Ends their connections; nobody joins any more. Does nothing if nobody may. */
  async end(): Promise<void> {
    const { door } = this
    this.door = undefined
    await door?.close()
    this.look()
  }

  /** `keepsOut`: none of this machine's programs connects until they are let in again. */
  clear(machine: Machine, keepsOut: boolean): void {
    const door = this.openDoor()
    // Its own machine reaches the proxy anyway.
    if (keepsOut && machine !== this.options.host) door.keepOut(machine, true)
    door.clear(machine)
    this.look()
  }

  letInAgain(machine: Machine): void {
    this.openDoor().keepOut(machine, false)
    this.look()
  }

  /** Tells everybody what is new: who is known where, and what their programs do. */
  private look(): void {
    this.door?.renamed()
    const told = JSON.stringify(this.shown())
    if (told === this.told) return
    this.told = told
    this.options.changed()
    for (const { pages, address } of this.options.viewers.all()) {
      for (const page of pages) this.tell(page, address)
    }
  }

  private tell(page: ViewerSocket, address: string): void {
    const mine = this.groups.find(({ machine }) => machine === address) ?? null
    const message: RoomMessage = { kind: 'programs', at: this.at(), mine }
    const text = JSON.stringify(message)
    if (this.toldTo.get(page) === text) return
    this.toldTo.set(page, text)
    page.offer('programs', Buffer.from(text))
  }

  /** The class is over. */
  async close(): Promise<void> {
    // One that is being opened, or waits for consent, ends by itself.
    this.isOver = true
    clearInterval(this.timer)
    await this.end()
  }

  private read(): void {
    const { door } = this
    this.groups =
      door === undefined
        ? []
        : programGroups({
            state: this.options.engine.state,
            nameOf: (machine) => this.nameOf(machine),
            limitsOf: (machine) => door.limitsOf(machine),
            keptOut: door.keptOut,
          })
  }

  private at(): ProgramsAt | null {
    if (this.door === undefined) return null
    const { host, port } = this.door
    const [row] = this.options.engine.state.rows.values()
    return { host, port, policy: row?.policy ?? null }
  }

  private nameOf(machine: Machine): string {
    const { viewers } = this.options
    const there = [...viewers.all()].filter(
      ({ name, address }) => name !== '' && address === machine,
    )
    const names = [...new Set(there.map(({ name }) => name))]
    if (names.length <= MOST_NAMES) return names.join(', ')
    return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${names.length - MOST_NAMES + 1} more`
  }

  private openDoor(): GuestDoor {
    if (this.door === undefined) throw new Error('Programs of the room may not join now.')
    return this.door
  }
}
