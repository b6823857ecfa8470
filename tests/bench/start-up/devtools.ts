// As much of Chromium's debugging protocol as it takes to have a page evaluate something. Nothing is switched on in the page,
// so that being asked is all that it costs.
import { once } from 'node:events'
import { WebSocket } from 'ws'

interface Answer {
  id?: number
  error?: { message: string }
  result?: {
    result?: { value?: unknown }
    exceptionDetails?: { exception?: { description?: string } }
  }
}

/** The page was another one by the time of the answer: it navigated meanwhile. */
class PageGone extends Error {}

export class Page {
  private lastId = 0

  private constructor(private readonly socket: WebSocket) {}

  /** The page of the program whose debugging port this is. */
  static async of(port: number): Promise<Page> {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/json`)
      const targets = (await response.json()) as { type: string; webSocketDebuggerUrl: string }[]
      const page = targets.find(({ type }) => type === 'page')
      if (page !== undefined) {
        const socket = new WebSocket(page.webSocketDebuggerUrl)
        await once(socket, 'open')
        return new Page(socket)
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** What an expression comes to, once its promise is settled. */
  evaluate(expression: string): Promise<unknown> {
    const id = ++this.lastId
    const params = { expression, awaitPromise: true, returnByValue: true }
    return new Promise((resolve, reject) => {
      const settle = (data: Buffer) => {
        const answer = JSON.parse(data.toString()) as Answer
        if (answer.id !== id) return
        this.socket.off('message', settle)
        const thrown = answer.result?.exceptionDetails
        if (answer.error) reject(new PageGone(answer.error.message))
        else if (thrown) reject(new Error(thrown.exception?.description ?? 'The page threw.'))
        else resolve(answer.result?.result?.value)
      }
      this.socket.on('message', settle)
      this.socket.once('close', () => reject(new Error('The program ended.')))
      this.socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }))
    })
  }

  /** The same, asked again of each page that comes in place of the one that was asked. */
  async evaluateInTheEnd(expression: string): Promise<unknown> {
    for (;;) {
      try {
        return await this.evaluate(expression)
      } catch (error) {
        if (!(error instanceof PageGone)) throw error
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    }
  }

  close(): void {
    this.socket.close()
  }
}

const POLL_MS = 10
