// What is common to the real nginx and HAProxy: servers behind them that say their name, and connections through them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../src/main/programs'

export const HOST = '127.0.0.1'
export const STARTS_MS = 10_000

/** A server that says its name to everybody who connects; with `http`, in answer to a request. */
export class NamedServer {
  port = 0
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()

  constructor(
    readonly name: string,
    private readonly http: boolean,
  ) {}

  /** On the same port as before. */
  async listen(): Promise<void> {
    const server = createServer((socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      if (!this.http) {
        socket.write(this.name)
        socket.resume()
        return
      }
      const { name } = this
      socket.once('data', () => {
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Length: ${name.length}\r\nConnection: close\r\n\r\n${name}`,
        )
      })
    })
    server.listen(this.port, HOST)
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address) this.port = address.port
    this.server = server
  }

  /** Connections are refused from now on; those that are there stay. */
  refuse(): void {
    this.server?.close()
    this.server = undefined
  }

  stop(): void {
    this.refuse()
    for (const socket of this.sockets) socket.destroy()
  }
}

/** A connection through the proxy, to the server of this name; '' where the proxy had none for it. */
export interface Held {
  readonly name: string
  close(): Promise<void>
}

export abstract class Balancer {
  protected child: ChildProcess | undefined
  protected port = 0
  protected folder = ''
  protected said = ''

  /** Starts the program and waits until `door`, a port or socket of its own that counts for nothing, is open. */
  protected async run(path: string, args: readonly string[], door: number | string): Promise<void> {
    const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        this.said += bytes
      })
    }
    for (const end = Date.now() + STARTS_MS; Date.now() < end; await wait(10)) {
      if (child.exitCode !== null) break
      if (await isOpen(door)) return
    }
    throw new Error(`${path} does not serve; it said: ${this.said}`)
  }

  async stop(): Promise<void> {
    if (this.child && this.child.exitCode === null) {
      const ended = once(this.child, 'exit')
      this.child.kill('SIGKILL')
      await ended
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  protected async begin(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'roundabout-balancer-'))
    this.port = await freePort()
  }

  /** `greeting`: what the client sends at once. */
  async hold(greeting = ''): Promise<Held> {
    const socket = connect(this.port, HOST)
    const closed = once(socket, 'close')
    socket.on('error', () => socket.destroy())
    await Promise.race([once(socket, 'connect'), closed])
    if (greeting !== '') socket.write(greeting)
    const data = once(socket, 'data').then(([bytes]) => String(bytes))
    const name = await Promise.race([data, closed.then(() => '')])
    return {
      name,
      close: async () => {
        socket.end()
        await closed
      },
    }
  }
}

async function isOpen(door: number | string): Promise<boolean> {
  const socket = typeof door === 'number' ? connect(door, HOST) : connect(door)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
