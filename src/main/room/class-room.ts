// A class while it lasts: its viewers, what they see of the lab, and its vote. Knows no port: connections are given to it.
import type { WebSocket } from 'ws'
import type { NodeId } from '../../shared/ids'
import { VIEWER_PICTURE_MS, VIEWER_PING_MS, VOTE_COUNT_MS } from '../../shared/limits'
import type { NodeDetails } from '../../shared/room/class-picture'
import type { RoomMessage, ViewerMessage } from '../../shared/room/viewer-line'
import type { SpotlightTarget } from '../../shared/spotlight-target'
import { messageNow } from '../../shared/state/message-now'
import { Ballot } from './ballot'
import { Door } from './door'
import { LabPictures } from './lab-picture'
import { nodeDetails } from './node-details'
import type { GivingEngine } from './nodes-of-viewers'
import { type AdmittingEngine, ProgramsOfRoom } from './programs-of-room'
import { TakingPart } from './taking-part'
import { ViewerSocket } from './viewer-socket'
import { type Viewer, Viewers } from './viewers'

/** Nodes that viewers look at are described anew that often. */
const DETAILS_MS = 1_000
/** Time for pages to be told that the class is over. */
const FAREWELL_MS = 500

interface RoomOptions {
  engine: GivingEngine & AdmittingEngine
  code: string
  /** The address at which the class is. */
  host: string
  warn: (text: string) => void
  /** Called when what the instructor sees of the class has changed, at most once in VOTE_COUNT_MS. */
  changed: () => void
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

interface Page {
  viewer: Viewer | undefined
  looksAt: NodeId | null
}

export class ClassRoom {
  readonly ballot = new Ballot()
  readonly viewers = new Viewers()
  readonly takingPart: TakingPart
  readonly programs: ProgramsOfRoom
  private readonly door: Door
  private readonly pictures = new LabPictures()
  /** Those that have not joined yet among them. */
  private readonly pages = new Map<ViewerSocket, Page>()
  private readonly timers: NodeJS.Timeout[]
  private pointed: RoomMessage & { kind: 'pointed' } = {
    kind: 'pointed',
    node: null,
    spotlight: null,
  }
  /** As the instructor has set it. */
  private spotlight: SpotlightTarget | null = null
  private countsChanged = false
  private isOver = false
  private allClosed = () => {}

  constructor(private readonly options: RoomOptions) {
    this.takingPart = new TakingPart({
      ...options,
      viewers: this.viewers,
      changed: () => {
        this.countsChanged = true
      },
    })
    this.programs = new ProgramsOfRoom({ ...options, viewers: this.viewers })
    this.door = new Door({ ...options, viewers: this.viewers })
    this.timers = [
      setInterval(() => this.sendPictures(), VIEWER_PICTURE_MS),
      setInterval(() => this.sendCounts(), VOTE_COUNT_MS),
      setInterval(() => this.sendDetails(), DETAILS_MS),
      setInterval(() => {
        for (const page of this.pages.keys()) page.ping()
      }, VIEWER_PING_MS),
    ]
  }

  /** A viewer's page has connected from this address. `joined`: it has proved that it may, as this viewer. */
  connect(socket: WebSocket, address: string, joined: (viewer: Viewer) => void): void {
    const { warn, now } = this.options
    const page: Page = { viewer: undefined, looksAt: null }
    const line = new ViewerSocket({
      socket,
      take: (message) => {
        if (page.viewer === undefined) this.letIn(line, page, message, address, joined)
        else this.take(line, page, page.viewer, message)
      },
      closed: () => {
        this.pages.delete(line)
        page.viewer?.pages.delete(line)
        this.countsChanged = true
        if (this.pages.size === 0) this.allClosed()
      },
      warn,
      now,
    })
    this.pages.set(line, page)
    if (this.isOver) line.end()
  }

  /** What is asked, or shown of the answers, has changed: everybody sees it at once. */
  voteChanged(): void {
    this.countsChanged = false
    const message = bytesOf(this.voteMessage())
    const [lab, moment] = [this.labMessage(), this.momentMessage()]
    for (const [line, { viewer }] of this.pages) {
      if (viewer === undefined) continue
      if (lab && moment) this.offerLab(line, lab, moment)
      line.offer('vote', message)
      this.tellOwnAnswer(line, viewer)
    }
    this.options.changed()
  }

  /** The instructor has selected this node, or spotlights this. */
  point(node: NodeId | null, spotlight: SpotlightTarget | null): void {
    this.spotlight = spotlight
    this.pointed = { kind: 'pointed', node, spotlight: this.spotlightNow() }
    this.tellAll(this.pointed)
  }

  /** A spotlight on a message goes with it from packet to packet. */
  private spotlightNow(): SpotlightTarget | null {
    const { spotlight } = this
    if (spotlight?.kind !== 'packet') return spotlight
    const packet = messageNow(spotlight.id, this.options.engine.state)
    return packet === undefined ? spotlight : { kind: 'packet', id: packet.id }
  }

  private followSpotlight(): void {
    if (this.spotlight?.kind !== 'packet') return
    const spotlight = this.spotlightNow()
    if (spotlight?.id === this.pointed.spotlight?.id) return
    this.pointed = { ...this.pointed, spotlight }
    this.tellAll(this.pointed)
  }

  /** Tells everybody that the class is over; resolves when their connections are closed. */
  async end(): Promise<void> {
    this.isOver = true
    for (const timer of this.timers) clearInterval(timer)
    const removed = Promise.all([this.takingPart.close(), this.programs.close()])
    for (const line of this.pages.keys()) line.end()
    if (this.pages.size > 0) {
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, FAREWELL_MS)
        this.allClosed = () => {
          clearTimeout(limit)
          resolve()
        }
      })
    }
    for (const line of this.pages.keys()) line.terminate()
    await removed
  }

  private letIn(
    line: ViewerSocket,
    page: Page,
    message: ViewerMessage,
    address: string,
    joined: (viewer: Viewer) => void,
  ): void {
    const refuse = (about: (RoomMessage & { kind: 'refused' })['about'], error: string) => {
      line.tell({ kind: 'refused', about, error })
    }
    const viewer = this.door.admit(message, address, refuse)
    if (viewer === undefined) return
    line.joined()
    joined(viewer)
    page.viewer = viewer
    this.viewers.open(viewer, line)
    this.countsChanged = true
    line.tell({ kind: 'joined', token: viewer.token, name: viewer.name, code: this.options.code })
    this.pictures.draw(this.options.engine.state)
    this.sendLab(line)
    line.tell(this.pointed)
    this.takingPart.welcome(line, viewer)
    this.programs.joined(line, viewer, address)
    line.offer('vote', bytesOf(this.voteMessage()))
    this.tellOwnAnswer(line, viewer)
  }

  private take(line: ViewerSocket, page: Page, viewer: Viewer, message: ViewerMessage): void {
    switch (message.kind) {
      case 'join':
      case 'return':
        line.cutOff('It has joined already.')
        return
      case 'rename':
        this.viewers.rename(viewer, message.name)
        this.countsChanged = true
        return
      case 'answer': {
        const { question, round, answer } = message
        if (this.ballot.answer(viewer.id, question, round, answer)) {
          viewer.hasAnswered = true
          this.countsChanged = true
        }
        for (const other of viewer.pages) this.tellOwnAnswer(other, viewer)
        return
      }
      case 'wantClient':
      case 'send':
      case 'wantServer':
      case 'answerByHand':
        this.takingPart.take(viewer, message)
        return
      case 'look':
        page.looksAt = message.node
        if (message.node !== null) {
          const details = nodeDetails(this.options.engine.state, message.node)
          line.tell({ kind: 'details', details })
        }
    }
  }

  private sendPictures(): void {
    this.takingPart.flush()
    this.followSpotlight()
    const isNew = this.pictures.draw(this.options.engine.state)
    const moment = isNew && this.momentMessage()
    const lab = isNew && this.labMessage()
    for (const [line, { viewer }] of this.pages) {
      if (viewer === undefined) continue
      if (lab && moment) this.offerLab(line, lab, moment)
      line.flush()
    }
  }

  private sendLab(line: ViewerSocket): void {
    const [lab, moment] = [this.labMessage(), this.momentMessage()]
    if (lab && moment) this.offerLab(line, lab, moment)
  }

  private offerLab(line: ViewerSocket, lab: Buffer, moment: Buffer): void {
    const number = this.pictures.lab?.number ?? 0
    if (line.labSent !== number) {
      line.labSent = number
      line.offer('lab', lab)
    }
    line.offer('moment', moment)
  }

  private labMessage(): Buffer | undefined {
    const { lab } = this.pictures
    return lab && bytesOf({ kind: 'lab', lab })
  }

  private momentMessage(): Buffer | undefined {
    const { moment } = this.pictures
    if (moment === undefined) return undefined
    // A person who predicts whose turn is next must not be told.
    const isAsked = this.ballot.current?.isRevealed === false
    const next = isAsked ? moment.next.map(() => null) : moment.next
    return bytesOf({ kind: 'moment', moment: { ...moment, next } })
  }

  /** Answers, comings and goings are sent together: a vote of two hundred is a few messages to each, not two hundred. */
  private sendCounts(): void {
    if (!this.countsChanged) return
    this.countsChanged = false
    this.tellAll(this.voteMessage())
    this.options.changed()
  }

  private sendDetails(): void {
    const drawn = new Map<NodeId, NodeDetails | null>()
    for (const [line, { viewer, looksAt }] of this.pages) {
      if (viewer === undefined || looksAt === null) continue
      if (!drawn.has(looksAt)) drawn.set(looksAt, nodeDetails(this.options.engine.state, looksAt))
      line.tell({ kind: 'details', details: drawn.get(looksAt) ?? null })
    }
  }

  private voteMessage(): RoomMessage {
    return { kind: 'vote', vote: this.ballot.shown(), here: this.viewers.here().viewers }
  }

  private tellOwnAnswer(line: ViewerSocket, { id }: Viewer): void {
    const own = this.ballot.answerOf(id)
    if (own === undefined) return
    line.tell({ kind: 'mine', question: own.id, round: own.round, answer: own.answer })
  }

  private tellAll(message: RoomMessage): void {
    const bytes = bytesOf(message)
    for (const [line, { viewer }] of this.pages) if (viewer) line.offer(message.kind, bytes)
  }
}

function bytesOf(message: RoomMessage): Buffer {
  return Buffer.from(JSON.stringify(message))
}
