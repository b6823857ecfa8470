// The packet layer without React: takes events, tracks the packets in flight, and posts the changes to the worker that
// draws. It imports no store, so that a benchmark or a replay can feed it as well as the lab.
import type { LabEvent } from '../../../../shared/events'
import { type PacketId, PROXY, type SimMs } from '../../../../shared/ids'
import type { Packet } from '../../../../shared/state/state'
import type { Point } from '../../ui/point'
import { type ClockReading, epochNow, simTime } from './clock-reading'
import { Curves } from './curves'
import { type DrawnLink, LinkBook } from './link-book'
import { lossOf } from './losses'
import type { FromWorker, Loss, Palette, ToWorker } from './messages'
import { PacketBook } from './packet-book'
import { PacketScene, wasInstant } from './packet-scene'
import type { PaneView } from './region'
import { reachFor } from './shapes'
import { startPacketWorker } from './start-worker'
import { Surfaces } from './surfaces'

/** How far, in real ms, the extrapolated time may differ from the lab's before it is corrected. */
const CLOCK_TOLERANCE_MS = 30

/** From this number on, packets are too small for rims. */
const RIMS_BELOW = 400

/** The fields of a packet that the layer uses. Packets of the state and events of packets both have them. */
type Sent = Pick<Packet, 'id' | 'kind' | 'from' | 'to' | 'legAt' | 'legFrom' | 'dueAt' | 'held'>

/** Where the layer is on the screen. */
interface Attachment {
  setView(view: PaneView): void
  detach(): void
}

export class PacketLayer {
  private readonly book = new PacketBook()
  private readonly links = new LinkBook()
  /** Finds packets; the worker has its own scene for drawing. */
  private readonly scene = new PacketScene(this.book.table, new Curves())
  private clock: ClockReading = { simMs: 0, epochMs: epochNow(), speed: 0 }
  private palette: Palette | undefined
  private selected: PacketId | undefined
  private worker: Worker | undefined
  private surfaces: Surfaces | undefined
  private zoom = 1
  private linksMoved = false
  private readonly listeners = new Set<() => void>()
  private toldNotDrawn = 0
  private isFaint: ((id: PacketId) => boolean) | undefined
  private rimOf: ((id: PacketId) => number | undefined) | undefined

  /** Packets in flight. */
  get size(): number {
    return this.book.size
  }

  /** Packets in flight beyond the number that is drawn; the screen shows how many there are. */
  get notDrawn(): number {
    return this.book.notDrawn
  }

  /** Flow units from the middle of a link to its lanes. */
  get lane(): number {
    return this.scene.curves.lane
  }

  liveIds(): IterableIterator<PacketId> {
    return this.book.liveIds()
  }

  /** Calls when `notDrawn` has changed. Returns the way to stop. */
  onNotDrawn(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Replaces the links. Packets on other links are tracked but not drawn. */
  setLinks(links: readonly DrawnLink[]): void {
    this.links.replace(links, this.book.linksInUse())
    this.sendLinksSoon()
  }

  /** Moves one link; the packets on it follow in the same frame. */
  moveLink(link: DrawnLink): void {
    this.links.place(link)
    this.sendLinksSoon()
  }

  /** Applies a batch of events. */
  take(events: readonly LabEvent[]): void {
    const losses: Loss[] = []
    const pulses = new Map<number, number>()
    const pulse = (link: number) => pulses.set(link, (pulses.get(link) ?? 0) + 1)
    for (const event of events) {
      switch (event.type) {
        case 'packet.carried':
          pulse(this.links.indexBetween(event))
          break
        case 'packet.sent': {
          const { packet: id, kind, from, to, dueAt, at: legAt } = event
          this.send({ id, kind, from, to, legAt, legFrom: 0, dueAt, held: undefined })
          break
        }
        case 'packet.held':
          this.book.hold(event.packet, event.at, event.progress, event.breakpoint !== null)
          this.judge(event.packet)
          break
        case 'packet.released':
          this.book.release(event.packet, event.at, event.dueAt)
          this.judge(event.packet)
          break
        case 'packet.hastened':
          this.book.hasten(event.packet, event.at, event.dueAt)
          break
        case 'packet.edited':
          this.book.setKind(event.packet, event.kind)
          this.setRim(event.packet)
          this.judge(event.packet)
          break
        case 'packet.delivered': {
          const ended = this.book.end(event.packet)
          if (ended && wasInstant(ended)) pulse(ended.link)
          break
        }
        case 'packet.dropped': {
          const ended = this.book.end(event.packet)
          if (ended) losses.push(lossOf(ended, event.at))
          break
        }
        case 'scenario.reset':
          this.book.clear()
          break
      }
    }
    this.sendChanges()
    if (losses.length > 0) this.post({ type: 'losses', losses })
    const glows = [...pulses].flat()
    if (glows.length > 0) this.post({ type: 'pulses', pulses: Uint32Array.from(glows) })
  }

  /** Starts over with these packets in flight. */
  reset(packets: Iterable<Sent>): void {
    this.book.clear()
    for (const packet of packets) this.send(packet)
    this.sendChanges()
  }

  /** Sets which packets are drawn faintly; undefined: none. `isFaint` is called again when a packet changes. */
  setFaint(isFaint: ((id: PacketId) => boolean) | undefined): void {
    this.isFaint = isFaint
    for (const id of this.book.liveIds()) this.book.setFaint(id, isFaint?.(id) ?? false)
    this.sendChanges()
  }

  /**
   * Sets whose colour each packet's rim has: the index of its policy's colour, or undefined. `rimOf` is called when a
   * packet is sent or edited, and for all packets when this is called.
   */
  setRims(rimOf: (id: PacketId) => number | undefined): void {
    this.rimOf = rimOf
    for (const id of this.book.liveIds()) this.setRim(id)
    this.sendChanges()
  }

  /** Sets the simulated time, and its speed (0: paused). */
  setClock(simMs: SimMs, speed: number): void {
    const epochMs = epochNow()
    const away = Math.abs(simTime(this.clock, epochMs) - simMs)
    if (speed === this.clock.speed && away <= CLOCK_TOLERANCE_MS * speed) return
    this.clock = { simMs, epochMs, speed }
    this.post({ type: 'clock', clock: this.clock })
  }

  setLook(palette: Palette, reducedMotion: boolean): void {
    this.palette = palette
    this.scene.reducedMotion = reducedMotion
    this.sendLook()
  }

  /** Rings a packet for as long as it is in flight. */
  select(id: PacketId | undefined): void {
    this.selected = id
    this.sendSelection()
  }

  /** Returns the packet drawn nearest to a flow point and at most `radius` flow units from it. */
  packetAt(point: Point, radius = this.reach()): PacketId | undefined {
    this.scene.place(simTime(this.clock, epochNow()))
    const slot = this.scene.slotAt(point.x, point.y, radius)
    return slot === undefined ? undefined : this.book.idAt(slot)
  }

  /** The flow point at which a packet is drawn now; undefined if it is not. */
  placeOf(id: PacketId): Point | undefined {
    const slot = this.book.slotOf(id)
    if (slot === undefined) return undefined
    this.scene.place(simTime(this.clock, epochNow()))
    return this.scene.pointOf(slot)
  }

  /**
   * Puts the layer on the screen, into an element that lies at the origin of the one that React Flow moves. A layer can
   * be on the screen only once at a time.
   */
  attach(host: HTMLElement, startWorker: () => Worker = startPacketWorker): Attachment {
    this.detach()
    const worker = startWorker()
    const surfaces = new Surfaces(host, (message, transfer = []) =>
      worker.postMessage(message, transfer),
    )
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => surfaces.take(data))
    this.worker = worker
    this.surfaces = surfaces
    this.sendLook()
    this.post({ type: 'clock', clock: this.clock })
    this.sendLinks()
    this.book.takeChanges()
    this.post({ type: 'packets', changes: this.book.everything(), all: true })
    this.sendSelection()
    return {
      setView: (view) => {
        this.zoom = view.zoom
        surfaces.setView(view)
      },
      detach: () => {
        if (this.worker === worker) this.detach()
      },
    }
  }

  private detach(): void {
    this.worker?.terminate()
    this.surfaces?.dispose()
    this.worker = undefined
    this.surfaces = undefined
  }

  private send({ id, kind, from, to, legAt, legFrom, dueAt, held }: Sent): void {
    const fromProxy = from === PROXY
    const link = this.links.indexBetween({ from, to })
    const faint = this.isFaint?.(id) ?? false
    this.book.send(id, { kind, link, fromProxy, faint, legAt, legFrom, dueAt })
    this.setRim(id)
    if (held) this.book.hold(id, legAt, legFrom, held.breakpoint !== null)
  }

  /** Decides again whether a packet is faint, since that may depend on what has changed. */
  private judge(id: PacketId): void {
    if (this.isFaint) this.book.setFaint(id, this.isFaint(id))
  }

  private setRim(id: PacketId): void {
    if (this.rimOf && this.book.size < RIMS_BELOW) this.book.setRim(id, this.rimOf(id))
  }

  private reach(): number {
    return reachFor(this.book.table.count, this.zoom, this.lane) * 1.5
  }

  /** Posts once for all the links that move together, before the next paint. */
  private sendLinksSoon(): void {
    if (this.linksMoved) return
    this.linksMoved = true
    queueMicrotask(() => this.sendLinks())
  }

  private sendLinks(): void {
    this.linksMoved = false
    const numbers = this.links.all()
    this.scene.curves.replace(numbers)
    this.post({ type: 'links', numbers })
    this.surfaces?.setBounds(this.links.bounds())
  }

  private sendChanges(): void {
    if (this.toldNotDrawn !== this.notDrawn) {
      this.toldNotDrawn = this.notDrawn
      for (const listener of this.listeners) listener()
    }
    this.book.lineUp()
    if (!this.worker) return
    const changes = this.book.takeChanges()
    if (changes.length === 0) return
    this.post({ type: 'packets', changes, all: false }, [changes.buffer])
    if (this.selected !== undefined) this.sendSelection()
  }

  private sendSelection(): void {
    const slot = this.selected === undefined ? undefined : this.book.slotOf(this.selected)
    this.post({ type: 'select', slot: slot ?? -1 })
  }

  private sendLook(): void {
    if (!this.palette) return
    this.post({ type: 'look', palette: this.palette, reducedMotion: this.scene.reducedMotion })
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker?.postMessage(message, transfer)
  }
}
