// What the clients and the servers of viewers have in common: real inside nodes of the lab, one for each viewer who has one. A
// viewer names no node and no command: the host adds the node, and does with it what its kind allows. A lesson's locks
// hold here as well.
import type { CommandOf } from '../../shared/commands'
import type { LabEvent } from '../../shared/events'
import type { NodeId, ProtocolId } from '../../shared/ids'
import type { GivenNodes } from '../../shared/room/given-nodes'
import type { RoomMessage } from '../../shared/room/viewer-line'
import type { Engine } from '../engine'
import { type Rate, TokenBucket } from '../token-bucket'
import type { Viewer, Viewers } from './viewers'

export type GivingEngine = Pick<Engine, 'state' | 'execute' | 'subscribe' | 'openScreen'>

export interface GivingOptions {
  engine: GivingEngine
  viewers: Viewers
  /** What the instructor sees of them has changed. */
  changed: () => void
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

interface Kind {
  /** `client`, for sentences. */
  readonly name: 'client' | 'server'
  readonly most: number
  /** Those that viewers get because they want one. */
  readonly newOnes: Rate
  /** What each viewer may do with its own. */
  readonly each: Rate
  /** One whose viewer has been away for so long is taken back. Omitted: only when another viewer needs one. */
  readonly awayLimitMs?: number
}

/** `Own`: what is kept of each node. */
interface Given<Own> {
  readonly viewer: Viewer
  /** Undefined while it is being added. */
  node: NodeId | undefined
  own: Own | undefined
  readonly rate: TokenBucket
  /** Since when none of the viewer's pages has been open. */
  awaySinceMs: number | undefined
}

export abstract class NodesOfViewers<Own> {
  protected readonly screen: ReturnType<Engine['openScreen']>
  protected readonly now: () => number
  private readonly byViewer = new Map<Viewer, Given<Own>>()
  private readonly byNode = new Map<NodeId, Given<Own>>()
  private readonly stop: () => void
  private readonly newOnes: TokenBucket
  /** Why what a viewer wanted last was not done. */
  private readonly errors = new WeakMap<Viewer, string>()
  /** Those whose node has something new to tell. */
  private readonly unsaid = new Set<Viewer>()
  private handOut: GivenNodes['handOut'] = null
  private isOver = false

  constructor(
    protected readonly options: GivingOptions,
    private readonly kind: Kind,
  ) {
    const { engine, now = () => performance.now() } = options
    this.now = now
    this.newOnes = new TokenBucket(kind.newOnes, now)
    // What the class does with its nodes is bound by a lesson's locks, as what the instructor does is.
    this.screen = engine.openScreen('operator')
    this.stop = engine.subscribe((event) => {
      if (event.type === 'node.removed') this.removed(event.id)
      // The first event of each session.
      else if (event.type === 'proxy.listening') this.beginAnew()
      else this.follow(event)
    })
  }

  /** For the viewer's pages. */
  abstract messageTo(viewer: Viewer): RoomMessage
  /** The command that adds one; null: the lab chooses its policy. */
  protected abstract addition(
    policy: ProtocolId | null,
  ): CommandOf<'addClient'> | CommandOf<'addServer'>
  protected abstract begin(node: NodeId): Own
  protected abstract follow(event: LabEvent): void

  shown(): GivenNodes {
    const given = [...this.byViewer.values()].flatMap(({ viewer, node }) => {
      const id = node === undefined ? undefined : this.nodeOf(node)?.protocolId
      return id === undefined ? [] : [{ viewer: viewer.id, name: viewer.name, id }]
    })
    const without = this.options.viewers
      .named()
      .filter((viewer) => !this.byViewer.has(viewer))
      .map(({ id, name }) => ({ viewer: id, name }))
    return { handOut: this.handOut, given, without }
  }

  /** Gives a node to each viewer who asks for one, or stops that. */
  offer(handOut: GivenNodes['handOut']): void {
    this.handOut = handOut
    for (const viewer of this.options.viewers.all()) this.tell(viewer, '')
    this.options.changed()
  }

  /** The instructor gives this viewer a node. Rejects with an Error for the instructor. */
  async give(id: number, policy: ProtocolId | null): Promise<void> {
    const viewer = this.options.viewers.withId(id)
    if (viewer === undefined) throw new Error('This viewer has left.')
    const error = await this.add(viewer, policy)
    if (error !== '') throw new Error(error)
  }

  /** A viewer wants a node. */
  async want(viewer: Viewer): Promise<void> {
    if (this.byViewer.has(viewer)) return
    const { handOut, kind } = this
    if (handOut === null) return this.tell(viewer, `The instructor hands out no ${kind.name}s now.`)
    if (!this.newOnes.take()) return this.tell(viewer, 'Too many want one at once: try again.')
    const error = await this.add(viewer, handOut.policy)
    if (error !== '') this.tell(viewer, error)
  }

  /** Removes the node of this viewer, or of all: then none is handed out any more. */
  async takeBack(id: number | null): Promise<void> {
    if (id === null) this.handOut = null
    const all = [...this.byViewer.values()].filter(({ viewer }) => id === null || viewer.id === id)
    for (const { viewer, node } of all) this.forget(viewer, node)
    if (id === null) for (const viewer of this.options.viewers.all()) this.tell(viewer)
    this.options.changed()
    let joins: number | undefined
    for (const { node } of all) {
      if (node === undefined) continue
      const gesture = joins === undefined ? {} : { joins }
      const result = await this.options.engine.execute({ type: 'removeNode', node, ...gesture })
      joins = result.ok ? result.change?.number : undefined
    }
  }

  /** The class is over: its nodes leave the lab. */
  async close(): Promise<void> {
    this.isOver = true
    this.stop()
    this.screen.close()
    await this.takeBack(null)
  }

  /** Tells viewers what has become of their nodes. Called now and then, for hundreds of things may happen in a second. */
  async flush(): Promise<void> {
    for (const viewer of this.unsaid) this.tell(viewer)
    this.unsaid.clear()
    const { awayLimitMs } = this.kind
    if (awayLimitMs !== undefined) await this.takeBackFromThoseAway(awayLimitMs)
  }

  /** The viewer's own, once it is in the lab; tells the viewer if it has not been added. */
  protected ownOf(viewer: Viewer): { node: NodeId; own: Own; rate: TokenBucket } | undefined {
    const { node, own, rate } = this.byViewer.get(viewer) ?? {}
    if (node !== undefined && own !== undefined && rate !== undefined) return { node, own, rate }
    this.tell(viewer, `You have no ${this.kind.name}.`)
    return undefined
  }

  /** What the message to the viewer has, whatever its kind; `given`: of a node that is in the lab. */
  protected partsFor(viewer: Viewer) {
    const { node, own } = this.byViewer.get(viewer) ?? {}
    const state = node === undefined ? undefined : this.nodeOf(node)
    const id = state?.protocolId
    const { policy } = state ?? {}
    const given =
      node !== undefined && state !== undefined && id !== undefined
        ? { shown: { node, id, policy }, state, own }
        : undefined
    return { isOffered: this.handOut !== null, error: this.errors.get(viewer) ?? '', given }
  }

  protected givenAt(node: NodeId): Given<Own> | undefined {
    return this.byNode.get(node)
  }

  protected isAbout(given: Given<Own> | undefined): void {
    if (given !== undefined) this.unsaid.add(given.viewer)
  }

  /** What the viewer wanted last was done, or is of no interest any more. */
  protected noError(viewer: Viewer): void {
    this.errors.delete(viewer)
  }

  /** `error`: why what the viewer wanted was not done; empty: it was; omitted: it has wanted nothing. */
  protected tell(viewer: Viewer, error?: string): void {
    if (error !== undefined) this.errors.set(viewer, error)
    if (viewer.pages.size === 0) return
    const message = this.messageTo(viewer)
    for (const page of viewer.pages) page.tell(message)
  }

  /** Returns why it cannot be, as a sentence; empty: it has one. */
  private async add(viewer: Viewer, policy: ProtocolId | null): Promise<string> {
    const { most, name, each } = this.kind
    if (this.byViewer.has(viewer)) return ''
    if (this.byViewer.size >= most && !(await this.freeOne())) {
      return `${most} viewers have a ${name} already: there is no further one.`
    }
    const rate = new TokenBucket(each, this.now)
    const given: Given<Own> = {
      viewer,
      node: undefined,
      own: undefined,
      rate,
      awaySinceMs: undefined,
    }
    this.byViewer.set(viewer, given)
    const result = await this.screen.execute(this.addition(policy))
    if (!result.ok || result.node === undefined) {
      this.byViewer.delete(viewer)
      return result.ok ? `There is no ${name}.` : result.error
    }
    const { node } = result
    if (this.isOver || this.byViewer.get(viewer) !== given) {
      // It was taken back while it was being added.
      await this.options.engine.execute({ type: 'removeNode', node })
      return ''
    }
    given.node = node
    given.own = this.begin(node)
    this.byNode.set(node, given)
    this.tell(viewer, '')
    this.options.changed()
    return ''
  }

  /** Takes back the node of one who has left; returns whether there was one. */
  private async freeOne(): Promise<boolean> {
    for (const { viewer, node } of this.byViewer.values()) {
      if (viewer.pages.size > 0 || node === undefined) continue
      await this.takeBack(viewer.id)
      return true
    }
    return false
  }

  private async takeBackFromThoseAway(limitMs: number): Promise<void> {
    const now = this.now()
    for (const given of [...this.byViewer.values()]) {
      if (given.viewer.pages.size > 0) given.awaySinceMs = undefined
      else given.awaySinceMs ??= now
      if (now - (given.awaySinceMs ?? now) >= limitMs) await this.takeBack(given.viewer.id)
    }
  }

  /** A session that begins as the one before was has the nodes, too: they would be nobody's. They go once it is whole. */
  private beginAnew(): void {
    for (const [node, { viewer }] of [...this.byNode]) {
      this.forget(viewer, node)
      void this.options.engine.execute({ type: 'removeNode', node })
    }
    this.options.changed()
  }

  private removed(node: NodeId): void {
    const given = this.byNode.get(node)
    if (given === undefined) return
    this.forget(given.viewer, node)
    this.options.changed()
  }

  private forget(viewer: Viewer, node: NodeId | undefined): void {
    this.byViewer.delete(viewer)
    if (node !== undefined) this.byNode.delete(node)
    this.tell(viewer)
  }

  private nodeOf(node: NodeId) {
    return this.options.engine.state.nodes.get(node)
  }
}
