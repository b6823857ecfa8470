// A student's proxy with servers behind it and clients before it, all played by the check.
import type { StartProxy } from '../programs'
import { rightAnswer } from './answers'
import { answer, type Dialect, type QuestionFields, question, registration, sha1 } from './dialect'
import { RequirementFailed } from './failed'
import { type Peer, quotedMessage, type Received } from './peer'
import { sendQuestion } from './send-question'
import { type CheckLimits, Stage } from './stage'

/** What a server of the check does with a question. */
type Behaviour = (asked: QuestionAtServer) => void

/** A question as it reached a server. */
export interface QuestionAtServer {
  readonly server: number
  readonly peer: Peer
  readonly received: Received
  /** The right answer. */
  answer(): object
}

interface PoolServer {
  readonly id: number
  readonly policy: number
  readonly port: number
  /** The connection that it registered on, if it is left open. */
  readonly registered: Peer | undefined
  stop(): Promise<void>
}

interface PoolServerOptions {
  readonly id: number
  readonly policy?: number
  readonly behaviour?: Behaviour
  readonly keepsRegistrationOpen?: boolean
}

interface ProxyStageOptions {
  readonly limits: CheckLimits
  readonly dialect: Dialect
  readonly start: StartProxy
  /** Added to every id and policy, so that one program can be asked again and again without a new start. */
  readonly idsFrom?: number
}

const LISTEN_HINT =
  'It runs, but it does not listen: bind and listen on the port from the command line first thing, before it waits for anything else.'

export const ANSWERS: Behaviour = ({ peer, answer }) => {
  peer.send(answer())
}

export class ProxyStage extends Stage {
  dialect: Dialect
  /** Every question that reached a server, in order. */
  readonly asked: QuestionAtServer[] = []
  private readonly idsFrom: number
  private payloads = 0

  private constructor(options: ProxyStageOptions) {
    super(options.limits)
    this.dialect = options.dialect
    this.idsFrom = options.idsFrom ?? 0
  }

  static async start(options: ProxyStageOptions): Promise<ProxyStage> {
    const stage = new ProxyStage(options)
    stage.program = await options.start(stage.watcher)
    return stage
  }

  /** A server that listens, has registered, and answers. */
  async server(options: PoolServerOptions): Promise<PoolServer> {
    const { id, policy = 111 } = options
    const listener = await this.listenAs(options)
    const registered = await this.register(options, listener.port)
    return { id, policy, port: listener.port, registered, stop: listener.stop }
  }

  /** The listening part of a server, at any free port. */
  listenAs(
    { id, behaviour = ANSWERS }: PoolServerOptions,
    port = 0,
  ): Promise<{ port: number; stop(): Promise<void> }> {
    const server = this.idsFrom + id
    const accept = () => {}
    return this.listen(`server ${server}`, port, accept, (peer, received) => {
      const asked: QuestionAtServer = {
        server: id,
        peer,
        received,
        answer: () => this.answerTo(received, server),
      }
      this.asked.push(asked)
      if (received.message?.type === 0) behaviour(asked)
      if (this.dialect.readsToTheEnd) peer.end()
    })
  }

  /** Registers; returns once the proxy has closed that connection, or has had the time to read it. */
  async register(options: PoolServerOptions, port: number): Promise<Peer | undefined> {
    const { id, policy = 111, keepsRegistrationOpen = false } = options
    const [server, ofPolicy] = [this.idsFrom + id, this.idsFrom + policy]
    const peer = await this.dial(`server ${server}`)
    peer.send(registration(this.dialect, server, ofPolicy, port))
    if (!keepsRegistrationOpen) peer.end()
    await this.changes.until(
      () => (peer.isOver || this.end !== undefined ? true : undefined),
      this.settleMs,
    )
    if (keepsRegistrationOpen) return peer
    peer.close()
    return undefined
  }

  /** A connection of a client. */
  client(client: number): Promise<Peer> {
    return this.dial(`client ${this.idsFrom + client}`)
  }

  /** A question with a payload that no other has. */
  question({ client = 1, policy = 111, payload }: Partial<QuestionFields> = {}): QuestionFields {
    this.payloads += 1
    return { client, policy, payload: payload ?? `hello ${this.payloads}` }
  }

  fields({ client, policy, payload }: QuestionFields): object {
    const [from, of] = [this.idsFrom + client, this.idsFrom + policy]
    return question(this.dialect, { client: from, policy: of, payload })
  }

  send(peer: Peer, asked: QuestionFields): void {
    sendQuestion(this, peer, this.fields(asked))
  }

  /** Waits for the answer to this question, which must be right. */
  answered(peer: Peer, asked: QuestionFields): Promise<Received> {
    return rightAnswer(this, peer, asked)
  }

  /** One client asks on a connection of its own, and gets the right answer. Returns the server that had its question. */
  async ask(options: Partial<QuestionFields> = {}): Promise<number> {
    const asked = this.question(options)
    const peer = await this.client(asked.client)
    this.send(peer, asked)
    await this.answered(peer, asked)
    peer.close()
    return this.serverOf(asked)
  }

  /** Asks one after another; returns the servers. */
  async askAll(questions: readonly Partial<QuestionFields>[]): Promise<number[]> {
    const servers: number[] = []
    for (const options of questions) servers.push(await this.ask(options))
    return servers
  }

  serverOf({ payload }: QuestionFields): number {
    const found = this.asked.find(({ received }) => received.fields.payload === payload)
    if (found !== undefined) return found.server
    throw this.failed('wrong', 'the question to reach a server', 'the answer came from no server')
  }

  /** Waits until the question is at a server; undefined if it does not get there in time. */
  reached(
    { payload }: QuestionFields,
    limitMs = this.answerMs,
  ): Promise<QuestionAtServer | undefined> {
    return this.changes.until(
      () => this.asked.find(({ received }) => received.fields.payload === payload),
      limitMs,
    )
  }

  /** Waits for an answer that says that there is no hash: a message of type 2 with another payload. */
  async refused(peer: Peer, asked: QuestionFields): Promise<void> {
    const expected = `${peer.name} to get a type-2 message that says what went wrong`
    const received = await this.next(peer, expected)
    if (received.message?.type === 2 && received.message.payload !== sha1(asked.payload)) return
    throw this.failed('wrong', expected, `${peer.name} got ${quotedMessage(received)}`)
  }

  /** The proxy still serves others. */
  async stillServes(after: string, policy = 111): Promise<void> {
    try {
      await this.ask({ client: 9, policy })
    } catch (error) {
      if (!(error instanceof RequirementFailed)) throw error
      throw new RequirementFailed(error.how, `${after}, ${error.expected}`, error.came, error.hint)
    }
  }

  protected override listenHint(isElsewhere: boolean): string {
    return super.listenHint(isElsewhere) ?? LISTEN_HINT
  }

  private dial(name: string): Promise<Peer> {
    return this.connect(name, this.program?.port ?? 0)
  }

  private answerTo({ fields }: Received, server: number): object {
    const { payload, srcid } = fields
    return answer(
      this.dialect,
      server,
      srcid ?? 0,
      sha1(typeof payload === 'string' ? payload : ''),
    )
  }
}
