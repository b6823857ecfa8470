// A student's server with the check as its proxy: it takes the registration, and asks.
import type { Registration } from '../../shared/protocol/message'
import { freePort, type StartProgram } from '../programs'
import { rightAnswer } from './answers'
import { HOST_NAMES } from './dial'
import { type Dialect, type QuestionFields, question } from './dialect'
import { RequirementFailed } from './failed'
import { type Hashing, hashingOf, SHA1 } from './hashing'
import { type Peer, quotedMessage, type Received } from './peer'
import { sendQuestion } from './send-question'
import { type CheckLimits, ENDS_HINT, Stage } from './stage'

interface ServerStageOptions {
  readonly limits: CheckLimits
  readonly dialect: Dialect
  readonly start: StartProgram
  /** The places in the command: what they give it it must register. */
  readonly places: ReadonlySet<string>
  /** Whether it gets an answer to its registration, which the protocol does not have. */
  readonly acknowledges?: boolean
  /** What it makes of a payload. */
  readonly hashing?: Hashing
}

/** What the server was told on its command line. */
interface Told {
  readonly id: number
  readonly policy: number
  readonly listen: number
}

type Fields = Pick<Registration, 'server' | 'policy' | 'listenPort'>

export class ServerStage extends Stage {
  dialect: Dialect
  /** Every message that reached the check's proxy on its own port. */
  readonly registrations: Received[] = []
  private payloads = 0

  private constructor(
    private readonly options: ServerStageOptions,
    readonly told: Told,
  ) {
    super(options.limits)
    this.dialect = options.dialect
  }

  static async start(options: ServerStageOptions): Promise<ServerStage> {
    const told = { id: 100, policy: 111, listen: await freePort() }
    const stage = new ServerStage(options, told)
    const { port: revproc } = await stage.listen(
      'proxy',
      0,
      (peer) => stage.accept(peer),
      (peer, received) => {
        stage.registrations.push(received)
        if (options.acknowledges) peer.send(received.fields)
      },
      HOST_NAMES,
    )
    stage.program = options.start(stage.watcher, { revproc, ...told })
    return stage
  }

  /** As a proxy does, it ends its side of a registration's connection when the server has ended its own. */
  private accept(peer: Peer): void {
    this.noteStarted()
    const ended = this.changes.until(() => peer.isOver || undefined, this.limits.startMs)
    void ended.then(() => peer.isOver && peer.end())
  }

  /** Waits until it has registered. */
  async registered(): Promise<Registration> {
    const expected = 'the server to register: a type-1 message with id, privPolyId and listenport'
    const received = await this.changes.until(
      () => this.registrations[0] ?? (this.end === undefined ? undefined : 'ended'),
      this.limits.startMs,
    )
    if (typeof received !== 'object') {
      const hint = received === 'ended' ? ENDS_HINT : undefined
      throw this.failed('hangs', expected, 'nothing came', hint)
    }
    const { message } = received
    if (message?.type === 1) return message
    throw this.failed('wrong', expected, `the proxy got ${quotedMessage(received)}`)
  }

  /** What must be in the registration; what the command has no place for is as it came. */
  expected({ server, policy, listenPort }: Fields): Fields {
    const { places } = this.options
    const { told } = this
    return {
      server: places.has('id') ? `${told.id}` : server,
      policy: places.has('policy') ? `${told.policy}` : policy,
      listenPort: places.has('listen') ? told.listen : listenPort,
    }
  }

  /** A connection to the server, as its proxy makes one for a question. */
  async dial(): Promise<Peer> {
    const { listenPort } = await this.registered()
    return this.connect('proxy', listenPort)
  }

  question(payload?: string): QuestionFields {
    this.payloads += 1
    return {
      client: this.payloads,
      policy: this.told.policy,
      payload: payload ?? `hello ${this.payloads}`,
    }
  }

  fields(asked: QuestionFields): object {
    return question(this.dialect, asked)
  }

  send(peer: Peer, asked: QuestionFields): void {
    sendQuestion(this, peer, this.fields(asked))
  }

  /** Waits for the answer to this question, which must be right. */
  answered(peer: Peer, asked: QuestionFields): Promise<Received> {
    return rightAnswer(this, peer, asked, this.hashing)
  }

  /** Asks on a connection of its own; the answer must be right. */
  async ask(payload?: string): Promise<Received> {
    const asked = this.question(payload)
    const peer = await this.dial()
    this.send(peer, asked)
    const answer = await this.answered(peer, asked)
    peer.close()
    return answer
  }

  get hashing(): Hashing {
    return this.options.hashing ?? SHA1
  }

  /** An answer of type 2, whatever its hash, shows that the question was understood. Returns what it makes of a payload. */
  async askForAnything(): Promise<Hashing | undefined> {
    const peer = await this.dial()
    const asked = this.question()
    this.send(peer, asked)
    const expected = 'a type-2 message'
    const received = await this.next(peer, expected)
    const { message } = received
    if (message?.type === 2) return hashingOf(asked.payload, message.payload)
    throw this.failed('wrong', expected, `the proxy got ${quotedMessage(received)}`)
  }

  async stillServes(after: string): Promise<void> {
    try {
      await this.ask()
    } catch (error) {
      if (!(error instanceof RequirementFailed)) throw error
      throw new RequirementFailed(error.how, `${after}, ${error.expected}`, error.came)
    }
  }
}
