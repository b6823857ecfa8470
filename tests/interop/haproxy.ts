// The real HAProxy: which servers does it give a connection to, and what does it think of them?
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Balancer, HOST, type NamedServer, STARTS_MS } from './balancers'

const { HAPROXY_PATH = '' } = process.env

export const hasHaproxy = HAPROXY_PATH !== ''

/** What HAProxy says while it works: where a connection went, or that a check has changed what it thinks of a server. */
type Said =
  | { readonly of: 'connection'; readonly server: string; readonly retries: string }
  | {
      readonly of: 'check'
      readonly server: string
      readonly passed: boolean
      readonly state: string
    }

const CONNECTION_SAID = /^connection to (\S+) after (\S+)$/
const CHECK_SAID =
  /^Health check for (?:backup )?server pool\/(\S+) (succeeded|failed),.* status: (.*)\.$/

function parseSaid(line: string): Said | undefined {
  const [, to = '', retries = ''] = CONNECTION_SAID.exec(line) ?? []
  if (to !== '') return { of: 'connection', server: to === '<NOSRV>' ? '' : to, retries }
  const [, server = '', how, state = ''] = CHECK_SAID.exec(line) ?? []
  return server === '' ? undefined : { of: 'check', server, passed: how === 'succeeded', state }
}

export class Haproxy extends Balancer {
  /** How much of what it said was told. */
  private told = 0

  /** `http`: with a key in the header `key`. `options`: of each server, by place. */
  static async start(
    servers: readonly NamedServer[],
    weights: readonly number[],
    lines: readonly string[],
    http = false,
    options: readonly string[] = [],
  ): Promise<Haproxy> {
    const haproxy = new Haproxy()
    await haproxy.begin()
    const file = join(haproxy.folder, 'haproxy.cfg')
    const all = servers.map(
      ({ name, port }, index) =>
        `  server ${name} ${HOST}:${port} weight ${weights[index]} ${options[index] ?? ''}`,
    )
    await writeFile(
      file,
      `global
  nbthread 1
  stats socket ${haproxy.folder}/socket level admin
  log stdout format raw local0
defaults
  log global
  option logasap
  log-format "connection to %s after %rc"
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

  /** The next thing that it says; waits for it. All comes in the order in which it happened. */
  async says(): Promise<Said> {
    for (const signal = AbortSignal.timeout(STARTS_MS); ; ) {
      for (let end = this.end(); end >= 0; end = this.end()) {
        const said = parseSaid(this.said.slice(this.told, end))
        this.told = end + 1
        if (said !== undefined) return said
      }
      if (this.child?.stdout) await once(this.child.stdout, 'data', { signal })
    }
  }

  /** A column of its statistics, for a server of the pool or for BACKEND. */
  async stat(server: string, column: string): Promise<string> {
    const [head = '', ...lines] = (await this.tell('show stat pool 6 -1')).split('\n')
    const line = lines.find((one) => one.startsWith(`pool,${server},`)) ?? ''
    return line.split(',')[head.split(',').indexOf(column)] ?? ''
  }

  /** Waits until it says so. */
  async stands(server: string, column: string, value: string): Promise<void> {
    for (const end = Date.now() + STARTS_MS; Date.now() < end; ) {
      if ((await this.stat(server, column)) === value) return
    }
    throw new Error(`HAProxy does not have ${column} ${value} for ${server}.`)
  }

  private end(): number {
    return this.said.indexOf('\n', this.told)
  }

  private async text(request: string): Promise<string> {
    const socket = connect(this.port, HOST)
    socket.write(request)
    let answer = ''
    for await (const bytes of socket) answer += bytes
    return answer
  }
}
