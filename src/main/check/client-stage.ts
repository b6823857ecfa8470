// A student's client with the check as its proxy: it takes the question, and answers as a requirement says.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shortened } from '../../shared/format'
import { freePort, lastException, type ProgramEnd, type StartProgram } from '../programs'
import { HOST_NAMES } from './dial'
import { ASSIGNED, answer, type Dialect, type QuestionFields, question, sha1 } from './dialect'
import { type Peer, quotedMessage, type Received } from './peer'
import { type CheckLimits, Stage } from './stage'

interface ClientStageOptions {
  readonly limits: CheckLimits
  readonly start: StartProgram
  /** The places in the command: what they give it it must send. */
  readonly places: ReadonlySet<string>
  /** How the file for {packet} is spelled. */
  readonly packet: Dialect
}

/** A question that came, and the connection that it came on. */
interface Came {
  readonly peer: Peer
  readonly received: Received
}

const CLIENT_ENDS_HINT =
  'Start it by hand with the same command while a proxy runs, and mend what it says.'

const POLICY = 111
const PAYLOAD = 'hello'

export class ClientStage extends Stage {
  readonly questions: Came[] = []
  /** What it was told to send, as far as its command has places for it. */
  told: QuestionFields = { client: 1, policy: POLICY, payload: PAYLOAD }
  private folder: string | undefined
  private proxyPort = 0

  private constructor(private readonly options: ClientStageOptions) {
    super(options.limits)
  }

  static async prepare(options: ClientStageOptions): Promise<ClientStage> {
    const stage = new ClientStage(options)
    const { port } = await stage.listen(
      'proxy',
      0,
      () => stage.noteStarted(),
      (peer, received) => stage.questions.push({ peer, received }),
      HOST_NAMES,
    )
    stage.proxyPort = port
    return stage
  }

  /** Starts the client; waits for its question, which must be one. */
  async asks(payload = PAYLOAD): Promise<Came> {
    const index = this.questions.length
    await this.start(payload, this.proxyPort)
    const expected = 'the client to send a type-0 message with srcid, privPoliId and payload'
    const came = await this.changes.until(
      () => this.questions[index] ?? (this.end === undefined ? undefined : 'ended'),
      this.limits.startMs,
    )
    if (typeof came !== 'object') {
      const hint = came === 'ended' ? CLIENT_ENDS_HINT : undefined
      throw this.failed('hangs', expected, 'nothing came', hint)
    }
    if (came.received.message?.type === 0) return came
    throw this.failed('wrong', expected, `the proxy got ${quotedMessage(came.received)}`)
  }

  /** Starts the client where nobody listens. */
  async asksNobody(): Promise<void> {
    await this.start(PAYLOAD, await freePort())
  }

  takes(place: 'id' | 'policy' | 'packet'): boolean {
    return this.options.places.has(place)
  }

  /** The right answer, spelled as the client spells its question. */
  rightAnswer(came: Came, payload = sha1(payloadIn(came))): object {
    return answer(dialectOf(came.received), 100, came.received.fields.srcid, payload)
  }

  /** Waits until the client has ended by itself. */
  async ends(when: string): Promise<ProgramEnd> {
    const expected = `the client to end by itself ${when}`
    const end = await this.changes.until(() => this.end, this.answerMs)
    if (end === undefined) throw this.failed('hangs', expected, 'it still runs')
    const exception = lastException(this.lines.map(({ text }) => text))
    if (exception === undefined) return end
    throw this.failed('ends', `${expected}, with a sentence`, `it threw ${exception.text}`)
  }

  /** Waits until it has printed this. */
  async prints(text: string, when: string): Promise<void> {
    const hasPrinted = () => this.output.includes(text) || undefined
    await this.changes.until(() => hasPrinted() ?? this.end, this.answerMs)
    if (hasPrinted()) return
    const expected = `the output to have “${text}” ${when}`
    const exception = lastException(this.lines.map(({ text: line }) => line))
    if (exception !== undefined) throw this.failed('ends', expected, `it threw ${exception.text}`)
    throw this.failed(this.end === undefined ? 'hangs' : 'wrong', expected, this.printed)
  }

  /** For a sentence: what it has printed. */
  get printed(): string {
    const output = this.output.trim()
    return output === '' ? 'it printed nothing' : `it printed: ${shortened(output, 300)}`
  }

  /** All that the client has printed since it was started last. */
  get output(): string {
    return this.lines.map(({ text }) => text).join('\n')
  }

  override async close(): Promise<void> {
    await super.close()
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true })
  }

  private async start(payload: string, revproc: number): Promise<void> {
    await this.program?.stop()
    // Some clients bind their id as their own port: then each needs another, and one that is free.
    const told = { ...this.told, client: await freePort(), payload }
    this.told = told
    this.folder ??= await mkdtemp(join(tmpdir(), 'homework-check-'))
    const packet = join(this.folder, 'packet.json')
    await writeFile(packet, JSON.stringify(question(this.options.packet, told)))
    const { client: id, policy } = told
    this.program = this.options.start(this.watcher, { revproc, packet, id, policy })
  }
}

export function payloadIn({ received }: Came): string {
  const { message } = received
  return message?.type === 0 ? message.payload : ''
}

function dialectOf({ fields: { type, srcid } }: Received): Dialect {
  return {
    ...ASSIGNED,
    types: typeof type === 'string' ? 'texts' : 'numbers',
    ids: typeof srcid === 'string' ? 'texts' : 'numbers',
  }
}

/** One line: how the client spells its question. */
export function spellingOf(received: Received): string {
  const { fields, message } = received
  const different: string[] = []
  if (typeof fields.type === 'string') different.push('types as texts ("type": "0")')
  if (typeof fields.srcid === 'string') different.push('ids as texts')
  if (message?.notes.includes('POLICY_KEY_SPELT_OTHERWISE')) {
    different.push('questions with "privPolyId"')
  }
  if (message?.notes.includes('PAYLOAD_SIZE_MISSING')) different.push('no payloadsize')
  return different.length === 0 ? 'as assigned' : different.join(', ')
}
