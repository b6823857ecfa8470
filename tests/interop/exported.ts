// A real HAProxy or nginx that runs exported files, before the servers of a lab.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../src/main/programs'
import { exportedFiles } from '../../src/shared/export/export'
import { policyPorts } from '../../src/shared/export/nginx'
import type { ExportSetup } from '../../src/shared/export/setup'
import type { AnswerMessage } from '../../src/shared/protocol/message'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { Balancer, HOST } from './balancers'
import { hasHaproxy } from './haproxy'
import { hasNginx } from './nginx'

const { NGINX_PATH = '', HAPROXY_PATH = '' } = process.env

export type RealProgram = 'haproxy' | 'nginx'

/** nginx counts only with njs, which is a package of its own. */
export const REAL_PROGRAMS: readonly RealProgram[] = [
  ...(hasHaproxy ? (['haproxy'] as const) : []),
  ...(hasNginx && existsSync('/usr/lib/nginx/modules/ngx_stream_js_module.so')
    ? (['nginx'] as const)
    : []),
]

const run = promisify(execFile)

export class ExportedProxy extends Balancer {
  /** The ports of the file that has one for each policy. */
  policyPorts: readonly number[] = []
  private readonly sockets = new Set<Socket>()

  /** `file`: which of the exported files; nginx's third one has a port for each policy. */
  static async start(
    program: RealProgram,
    setup: ExportSetup,
    file: number,
  ): Promise<ExportedProxy> {
    const proxy = new ExportedProxy()
    await proxy.begin()
    proxy.port = await freePorts(1 + setup.pools.length)
    const moved = { ...setup, port: proxy.port }
    proxy.policyPorts = policyPorts(moved)
    const path = await proxy.write(program, moved, file)
    const args = program === 'haproxy' ? ['-db', '-f', path] : proxy.nginxArgs(path)
    // A connection without a message counts for nothing; to a policy's port it is a connection to a server.
    const door = file === 2 ? (proxy.policyPorts.at(-1) ?? 0) : proxy.port
    await proxy.run(program === 'haproxy' ? HAPROXY_PATH : NGINX_PATH, args, door)
    return proxy
  }

  /** Rejects with what the program says of files that it does not take. */
  static async check(program: RealProgram, setup: ExportSetup): Promise<void> {
    const proxy = new ExportedProxy()
    await proxy.begin()
    try {
      const files = program === 'haproxy' ? [0] : [0, 2]
      for (const file of files) {
        const path = await proxy.write(program, setup, file)
        if (program === 'haproxy') await run(HAPROXY_PATH, ['-c', '-f', path])
        else await run(NGINX_PATH, ['-t', ...proxy.nginxArgs(path)])
      }
    } finally {
      await proxy.stop()
    }
  }

  private async write(program: RealProgram, setup: ExportSetup, file: number): Promise<string> {
    await mkdir(this.folder, { recursive: true })
    const files = exportedFiles(setup, program)
    for (const { name, text } of files) await writeFile(join(this.folder, name), text)
    return join(this.folder, files[file]?.name ?? '')
  }

  private nginxArgs(path: string): string[] {
    const own = `daemon off; master_process off; pid ${this.folder}/pid; error_log stderr crit;`
    return ['-e', 'stderr', '-c', path, '-g', own]
  }

  /** A client's connection to the proxy, or to another of its ports. */
  connect(port = this.port): ExchangeConnection {
    const socket = connect(port, HOST)
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    return new ExchangeConnection(socket)
  }

  /** The servers that answer these messages, one connection after another; `''`: it was closed. */
  async serversOf(messages: readonly object[], port = this.port): Promise<string[]> {
    const servers: string[] = []
    for (const message of messages) {
      const connection = this.connect(port)
      servers.push(await connection.ask(JSON.stringify(message)))
      await connection.close()
    }
    return servers
  }

  override async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await super.stop()
  }
}

/** The first of this many free ports in a row. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await freePort()
    const others = Array.from({ length: count - 1 }, (_, index) => isFree(first + 1 + index))
    if ((await Promise.all(others)).every(Boolean)) return first
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, HOST)
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** A client's connection, on which one message is asked after another. */
export class ExchangeConnection {
  private readonly scanner = new MessageScanner()
  private readonly answers: AnswerMessage[] = []
  /** The hashes of all answers. */
  readonly hashes: string[] = []
  private isOver = false
  private wake = () => {}

  constructor(private readonly socket: Socket) {
    // Pieces go as they are written.
    socket.setNoDelay()
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      for (const item of this.scanner.push(bytes)) {
        if (item.kind !== 'message' || item.message.type !== 2) continue
        this.answers.push(item.message)
        this.hashes.push(item.message.payload)
      }
      this.wake()
    })
    socket.on('close', () => {
      this.isOver = true
      this.wake()
    })
  }

  /** The server that answers; `''` where the connection is closed instead. The text goes in these pieces. */
  async ask(...pieces: readonly string[]): Promise<string> {
    for (const piece of pieces) {
      this.socket.write(piece)
      if (piece !== pieces.at(-1)) await new Promise((resolve) => setImmediate(resolve))
    }
    return await this.answer()
  }

  async answer(): Promise<string> {
    while (this.answers.length === 0 && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return this.answers.shift()?.source ?? ''
  }

  async close(): Promise<void> {
    this.socket.end()
    while (!this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}
