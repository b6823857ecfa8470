// The clients of the proxy benchmark, in a process of its own: 32 at a time, each with one message outstanding,
// every answer's hash compared. Raw sockets that share one read buffer: the load must not be what is measured.
import net from 'node:net'
import { percentile } from '../statistics'
import { FIRST_CLIENT, hashIn, type Question, questionsOf } from './messages'

export interface LoadOrder {
  /** Where to send; more than one: clients take turns. */
  ports: readonly number[]
  /** A new connection for each message, or one per client for all of its messages. */
  shape: 'fresh' | 'persistent'
  warmUpMs: number
  measuredMs: number
}

export interface LoadResult {
  messages: number
  seconds: number
  p50Ms: number
  p99Ms: number
  /** Answers whose hash was wrong, and connections that broke. */
  wrong: number
  broken: number
  /** Questions since the order came, measured or not. No more come after this. */
  asked: number
}

/** `measuring` comes at the end of the warm-up, so that others can measure the same time. */
export type LoadReport = { type: 'measuring' } | { type: 'done'; result: LoadResult }

const CLIENTS = 32
const CLOSING_BRACE = 0x7d

const questions: Question[][] = Array.from({ length: CLIENTS }, (_, index) =>
  questionsOf(FIRST_CLIENT + index),
)
const readBuffer = Buffer.allocUnsafe(64 * 1024)

class Load {
  private running = true
  private latenciesMs: number[] = []
  private wrong = 0
  private broken = 0
  private asked = 0
  private startedAt = 0

  constructor(private readonly order: LoadOrder) {
    questions.forEach((own, index) => {
      this.startClient(own, index)
    })
    setTimeout(() => this.measure(), order.warmUpMs)
  }

  private measure(): void {
    this.latenciesMs = []
    this.startedAt = performance.now()
    report({ type: 'measuring' })
    setTimeout(() => this.finish(), this.order.measuredMs)
  }

  private finish(): void {
    this.running = false
    const { latenciesMs, wrong, broken, asked } = this
    const result = {
      messages: latenciesMs.length,
      seconds: (performance.now() - this.startedAt) / 1000,
      p50Ms: percentile(latenciesMs, 50),
      p99Ms: percentile(latenciesMs, 99),
      wrong,
      broken,
      asked,
    }
    report({ type: 'done', result })
  }

  private startClient(own: readonly Question[], index: number): void {
    const { ports, shape } = this.order
    let turn = index
    let asked = 0
    let askedAt = 0
    let expected = ''
    /** An answer that came in more than one read. */
    let begun: Buffer | undefined
    let socket: net.Socket

    const connect = (): void => {
      const opened = net.connect({
        host: '127.0.0.1',
        port: ports[turn++ % ports.length] ?? 0,
        onread: { buffer: readBuffer, callback: read },
      })
      socket = opened
      // One that we closed ourselves may still report that the peer was gone.
      const ended = (): void => {
        if (!this.running || opened !== socket) return
        this.broken++
        opened.destroy()
        next()
      }
      opened.on('error', ended)
      opened.on('end', ended)
    }

    const ask = (): void => {
      const question = own[asked++ % own.length]
      if (question === undefined) return
      expected = question.hash
      this.asked++
      socket.write(question.bytes)
    }

    const next = (): void => {
      if (!this.running) {
        socket.destroy()
        return
      }
      askedAt = performance.now()
      if (shape === 'fresh' || socket.destroyed) {
        socket.destroy()
        connect()
      }
      ask()
    }

    const read = (length: number): boolean => {
      let answer: Buffer = readBuffer
      let end = length
      if (begun !== undefined || readBuffer[length - 1] !== CLOSING_BRACE) {
        begun = Buffer.concat([begun ?? Buffer.alloc(0), readBuffer.subarray(0, length)])
        if (begun.at(-1) !== CLOSING_BRACE) return true
        answer = begun
        end = begun.length
        begun = undefined
      }
      if (hashIn(answer, end) === expected) this.latenciesMs.push(performance.now() - askedAt)
      else this.wrong++
      next()
      return true
    }

    askedAt = performance.now()
    connect()
    ask()
  }
}

function report(message: LoadReport): void {
  process.send?.(message)
}

process.on('message', (order: LoadOrder) => {
  new Load(order)
})
process.on('disconnect', () => process.exit())
