// Real nginx and HAProxy with servers behind them that say their name: which server does a connection come to?
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const { NGINX_PATH = '', HAPROXY_PATH = '' } = process.env
/** Where Debian's packages put what is no part of the program itself. */
const NGINX_MODULES = '/usr/lib/nginx/modules'
const HOST = '127.0.0.1'
const STARTS_MS = 10_000

export const hasNginx = NGINX_PATH !== ''
export const hasHaproxy = HAPROXY_PATH !== ''

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

abstract class Balancer {
  protected child: ChildProcess | undefined
  protected port = 0
  protected folder = ''
  private said = ''

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

export class Nginx extends Balancer {
  /**
   * `method`: a line of the upstream block. The key of a hash is `$proxy_protocol_addr`: any text of hexadecimal digits, dots
   * and colons, from a header of the PROXY protocol.
   */
  static async start(
    servers: readonly NamedServer[],
    weights: readonly number[],
    method: string,
    { maxFails, backups }: { maxFails: number; backups: number },
  ): Promise<Nginx> {
    const nginx = new Nginx()
    await nginx.begin()
    const lines = servers.map(
      ({ port }, index) =>
        `server ${HOST}:${port} weight=${weights[index]} max_fails=${maxFails} fail_timeout=1h${
          index < servers.length - backups ? '' : ' backup'
        };`,
    )
    const listen = method.includes('proxy_protocol') ? ' proxy_protocol' : ''
    const file = join(nginx.folder, 'nginx.conf')
    const door = await freePort()
    await writeFile(
      file,
      `load_module ${NGINX_MODULES}/ngx_stream_module.so;
daemon off; master_process off; pid ${nginx.folder}/pid; error_log stderr crit;
events { worker_connections 256; }
stream {
  upstream pool { ${method} ${lines.join(' ')} }
  server { listen ${HOST}:${nginx.port}${listen}; proxy_pass pool; proxy_connect_timeout 2s; }
  server { listen ${HOST}:${door}; return open; }
}
`,
    )
    await nginx.run(NGINX_PATH, ['-p', nginx.folder, '-e', 'stderr', '-c', file], door)
    return nginx
  }
}

export class Haproxy extends Balancer {
  /** `http`: with a key in the header `key`. */
  static async start(
    servers: readonly NamedServer[],
    weights: readonly number[],
    lines: readonly string[],
    http = false,
  ): Promise<Haproxy> {
    const haproxy = new Haproxy()
    await haproxy.begin()
    const file = join(haproxy.folder, 'haproxy.cfg')
    const all = servers.map(
      ({ name, port }, index) => `  server ${name} ${HOST}:${port} weight ${weights[index]}`,
    )
    await writeFile(
      file,
      `global
  nbthread 1
  stats socket ${haproxy.folder}/socket level admin
defaults
  mode ${http ? 'http' : 'tcp'}
  retries 0
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend front
  bind ${HOST}:${haproxy.port}
  default_backend pool
backend pool
${lines.map((line) => `  ${line}`).join('\n')}
${all.join('\n')}
`,
    )
    await haproxy.run(HAPROXY_PATH, ['-db', '-f', file], join(haproxy.folder, 'socket'))
    return haproxy
  }

  async forKey(key: string): Promise<string> {
    const text = await this.text(
      `GET / HTTP/1.1\r\nHost: x\r\nkey: ${key}\r\nConnection: close\r\n\r\n`,
    )
    return text.slice(text.indexOf('\r\n\r\n') + 4)
  }

  /** Waits until no more than `held` connections are there for HAProxy, which counts them down after they have closed. */
  async settles(held: number): Promise<void> {
    for (const end = Date.now() + STARTS_MS; Date.now() < end; ) {
      const stat = await this.tell('show stat front 1 -1')
      const [head = '', line = ''] = stat.split('\n')
      if (Number(line.split(',')[head.split(',').indexOf('scur')]) <= held) return
    }
    throw new Error('HAProxy does not let go of its connections.')
  }

  /** A command for its socket. */
  async tell(command: string): Promise<string> {
    const socket = connect(join(this.folder, 'socket'))
    socket.write(`${command}\n`)
    let answer = ''
    for await (const bytes of socket) answer += bytes
    return answer.trim()
  }

  private async text(request: string): Promise<string> {
    const socket = connect(this.port, HOST)
    socket.write(request)
    let answer = ''
    for await (const bytes of socket) answer += bytes
    return answer
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
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
