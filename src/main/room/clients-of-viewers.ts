// The clients that viewers are given: real inside clients of the lab, one for each viewer who has one. A viewer names no
// client and no command: the host itself has exactly its client send a message. A lesson's locks hold here as well.
import type { LabEvent } from '../../shared/events'
import type { NodeId, ProtocolId } from '../../shared/ids'
import {
  GIVEN_MESSAGES,
  MAX_GIVEN_CLIENTS,
  MAX_GIVEN_UNANSWERED,
  NEW_GIVEN_CLIENTS,
} from '../../shared/limits'
import type { GivenClients } from '../../shared/room/given-client'
import type { RoomMessage } from '../../shared/room/viewer-line'
import type { Engine } from '../engine'
import { TokenBucket } from '../token-bucket'
import { ClientMessages } from './client-messages'
import type { Viewer, Viewers } from './viewers'

export type GivingEngine = Pick<Engine, 'state' | 'execute' | 'subscribe' | 'openScreen'>

interface Options {
  engine: GivingEngine
  viewers: Viewers
  /** What the instructor sees of them has changed. */
  changed: () => void
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

interface Given {
  readonly viewer: Viewer
  /** Undefined while it is being added. */
  node: NodeId | undefined
  messages: ClientMessages | undefined
  readonly rate: TokenBucket
}

const NONE_LEFT = `${MAX_GIVEN_CLIENTS} viewers have a client already: there is no further one.`

export class ClientsOfViewers {
  private readonly byViewer = new Map<Viewer, Given>()
  private readonly byNode = new Map<NodeId, Given>()
  private readonly screen: ReturnType<Engine['openScreen']>
  private readonly stop: () => void
  private readonly newClients: TokenBucket
  private readonly now: () => number
  /** Why what a viewer wanted last was not done. */
  private readonly errors = new WeakMap<Viewer, string>()
  /** Those whose client has something new to tell. */
  private readonly unsaid = new Set<Viewer>()
  private handOut: GivenClients['handOut'] = null
  private isOver = false

  constructor(private readonly options: Options) {
    const { engine, now = () => performance.now() } = options
    this.now = now
    this.newClients = new TokenBucket(NEW_GIVEN_CLIENTS, now)
    // What the class does with its clients is bound by a lesson's locks, as what the instructor does is.
    this.screen = engine.openScreen('operator')
    this.stop = engine.subscribe((event) => this.follow(event))
  }

  shown(): GivenClients {
    const given = [...this.byViewer.values()].flatMap(({ viewer, node }) => {
      const id = this.protocolIdOf(node)
      return id === undefined ? [] : [{ viewer: viewer.id, name: viewer.name, client: id }]
    })
    const without = this.options.viewers
      .named()
      .filter((viewer) => !this.byViewer.has(viewer))
      .map(({ id, name }) => ({ viewer: id, name }))
    return { handOut: this.handOut, given, without }
  }

  /** For the viewer's pages. */
  messageTo(viewer: Viewer): RoomMessage {
    const given = this.byViewer.get(viewer)
    const state = given?.node === undefined ? undefined : this.nodeOf(given.node)
    const client =
      given?.node === undefined || state?.protocolId === undefined
        ? null
        : {
            ...{ node: given.node, id: state.protocolId, policy: state.policy },
            sent: given.messages?.sent ?? [],
          }
    const error = this.errors.get(viewer) ?? ''
    return { kind: 'client', isOffered: this.handOut !== null, client, error }
  }

  /** Gives a client to each viewer who asks for one, or stops that. */
  offer(handOut: GivenClients['handOut']): void {
    this.handOut = handOut
    for (const viewer of this.options.viewers.all()) this.tell(viewer, '')
    this.options.changed()
  }

  /** The instructor gives this viewer a client. Rejects with an Error for the instructor. */
  async give(id: number, policy: ProtocolId | null): Promise<void> {
    const viewer = this.options.viewers.withId(id)
    if (viewer === undefined) throw new Error('This viewer has left.')
    const error = await this.add(viewer, policy)
    if (error !== '') throw new Error(error)
  }

  /** A viewer wants a client. */
  async want(viewer: Viewer): Promise<void> {
    if (this.byViewer.has(viewer)) return
    const { handOut } = this
    if (handOut === null) return this.tell(viewer, 'The instructor hands out no clients now.')
    if (!this.newClients.take()) return this.tell(viewer, 'Too many want one at once: try again.')
    const error = await this.add(viewer, handOut.policy)
    if (error !== '') this.tell(viewer, error)
  }

  /** A viewer has its client send one message. */
  async send(viewer: Viewer, payload: string): Promise<void> {
    const given = this.byViewer.get(viewer)
    if (given?.node === undefined || given.messages === undefined) {
      return this.tell(viewer, 'You have no client.')
    }
    const { node, messages, rate } = given
    if (messages.unanswered >= MAX_GIVEN_UNANSWERED) {
      return this.tell(viewer, `Wait: ${MAX_GIVEN_UNANSWERED} of your messages have no answer yet.`)
    }
    if (!rate.take()) return this.tell(viewer, 'That is too fast: send one message a second.')
    this.errors.delete(viewer)
    this.unsaid.add(viewer)
    messages.asked(payload)
    const result = await this.screen.execute({
      type: 'sendMessage',
      client: node,
      ...(payload !== '' && { payload }),
    })
    if (result.ok) return
    messages.notSent()
    this.tell(viewer, result.error)
  }

  /** Removes the client of this viewer, or of all: then none is handed out any more. */
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

  /** The class is over: its clients leave the lab. */
  async close(): Promise<void> {
    this.isOver = true
    this.stop()
    this.screen.close()
    await this.takeBack(null)
  }

  /** Tells viewers what has become of their messages. Called now and then, for a client may send hundreds a second. */
  flush(): void {
    // Another session has begun without it.
    for (const { viewer, node } of [...this.byViewer.values()]) {
      if (node === undefined || this.nodeOf(node) !== undefined) continue
      this.forget(viewer, node)
      this.options.changed()
    }
    for (const viewer of this.unsaid) this.tell(viewer)
    this.unsaid.clear()
  }

  /** Returns why it cannot be, as a sentence; empty: it has one. */
  private async add(viewer: Viewer, policy: ProtocolId | null): Promise<string> {
    if (this.byViewer.has(viewer)) return ''
    if (this.byViewer.size >= MAX_GIVEN_CLIENTS && !(await this.freeOne())) return NONE_LEFT
    const given: Given = {
      ...{ viewer, node: undefined, messages: undefined },
      rate: new TokenBucket(GIVEN_MESSAGES, this.now),
    }
    this.byViewer.set(viewer, given)
    const result = await this.screen.execute({ type: 'addClient', ...(policy && { policy }) })
    if (!result.ok || result.node === undefined) {
      this.byViewer.delete(viewer)
      return result.ok ? 'There is no client.' : result.error
    }
    const { node } = result
    if (this.isOver || this.byViewer.get(viewer) !== given) {
      // It was taken back while it was being added.
      await this.options.engine.execute({ type: 'removeNode', node })
      return ''
    }
    given.node = node
    given.messages = new ClientMessages(node, this.now)
    this.byNode.set(node, given)
    this.tell(viewer, '')
    this.options.changed()
    return ''
  }

  /** Takes back the client of one who has left; returns whether there was one. */
  private async freeOne(): Promise<boolean> {
    for (const { viewer, node } of this.byViewer.values()) {
      if (viewer.pages.size > 0 || node === undefined) continue
      await this.takeBack(viewer.id)
      return true
    }
    return false
  }

  private follow(event: LabEvent): void {
    switch (event.type) {
      case 'node.removed': {
        const given = this.byNode.get(event.id)
        if (given === undefined) return
        this.forget(given.viewer, event.id)
        this.options.changed()
        return
      }
      case 'node.changed':
        this.isAbout(this.byNode.get(event.node.id))
        return
      case 'packet.sent':
      case 'exchange.finished': {
        const given = this.byNode.get(event.type === 'packet.sent' ? event.from : event.client)
        if (!given?.messages?.take(event)) return
        // Whatever was to be waited for may be over.
        if (event.type === 'exchange.finished') this.errors.delete(given.viewer)
        this.isAbout(given)
      }
    }
  }

  private isAbout(given: Given | undefined): void {
    if (given !== undefined) this.unsaid.add(given.viewer)
  }

  private forget(viewer: Viewer, node: NodeId | undefined): void {
    this.byViewer.delete(viewer)
    if (node !== undefined) this.byNode.delete(node)
    this.tell(viewer)
  }

  /** `error`: why what the viewer wanted was not done; empty: it was; omitted: it has wanted nothing. */
  private tell(viewer: Viewer, error?: string): void {
    if (error !== undefined) this.errors.set(viewer, error)
    if (viewer.pages.size === 0) return
    const message = this.messageTo(viewer)
    for (const page of viewer.pages) page.tell(message)
  }

  private nodeOf(node: NodeId) {
    return this.options.engine.state.nodes.get(node)
  }

  private protocolIdOf(node: NodeId | undefined): ProtocolId | undefined {
    return node === undefined ? undefined : this.nodeOf(node)?.protocolId
  }
}
