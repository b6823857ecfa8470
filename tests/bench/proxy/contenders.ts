// The proxies that take part in the benchmark, each in a process of its own, before the same servers. Each
// gives the ports to send to, and the CPU time that it has used.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Child, endWithUs, startEntry } from '../children'
import { SERVERS } from './messages'
import { type CpuTime, type ProxyQuestion, type ProxyReport, UNKNOWN_CPU } from './proxy-process'
import type { Account } from './relay-account'

export interface Contender {
  readonly ports: readonly number[]
  cpuTime(): Promise<CpuTime>
  /** What it says of all that it has done; undefined if it cannot. */
  account?(): Promise<Account | undefined>
  stop(): Promise<void>
}

/** The pool: its servers' ports, and the process that they live in. */
export interface ServerPool {
  ports: readonly number[]
  process: Child<number[]>
}

/** Clients straight to servers: what the load and the servers can do at the most. */
export function startNothing({ ports }: ServerPool): Contender {
  return { ports, cpuTime: async () => UNKNOWN_CPU, stop: async () => {} }
}

/** A proxy of the bundle: ours, or one that does a part of it. */
export async function startProxy(
  pool: ServerPool,
  entry: 'proxy-roundabout' | 'proxy-relay' | 'proxy-looking-relay' | 'proxy-accounting-relay',
  ...args: ('--keep-connections' | '--unrecorded' | '--record')[]
): Promise<Contender> {
  const child = startEntry<ProxyReport>(entry, args)
  const listening = await child.next()
  if (listening.type !== 'listening') throw new Error('The proxy did not say where it listens.')
  pool.process.send(listening.port)
  // All servers have registered.
  await child.next()
  const ask = (question: ProxyQuestion) => {
    child.send(question)
    return child.next()
  }
  return {
    ports: [listening.port],
    async cpuTime() {
      const report = await ask('cpu')
      if (report.type !== 'cpu') return UNKNOWN_CPU
      return { all: report.all, main: report.main ?? Number.NaN }
    },
    async account() {
      const report = await ask('account')
      return report.type === 'account' ? report.account : undefined
    },
    stop: () => child.stop(),
  }
}

/** Undefined where there is no python3. */
export async function startThreadedPython(pool: ServerPool): Promise<Contender | undefined> {
  if (!runs('python3', '--version')) return undefined
  const script = join('tests', 'bench', 'proxy', 'threaded_proxy.py')
  const child = spawn('python3', [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  endWithUs(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const port = Number((await lines.next()).value?.split(' ').at(-1))
  pool.process.send(port)
  for (const _ of SERVERS) await lines.next()
  return {
    ports: [port],
    cpuTime: async () => cpuTimeOf(child.pid),
    stop: () => stop(child),
  }
}

const NGINX = '/usr/sbin/nginx'
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so'

/** nginx's own way to pass TCP on, round-robin, with one worker. Undefined where it is not installed. */
export async function startNginx({ ports }: ServerPool): Promise<Contender | undefined> {
  if (!existsSync(NGINX) || !existsSync(STREAM_MODULE)) return undefined
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'roundabout-nginx-'))
  const configuration = join(folder, 'nginx.conf')
  writeFileSync(configuration, nginxConfiguration(folder, port, ports))
  const child = spawn(NGINX, ['-p', folder, '-c', configuration], { stdio: 'ignore' })
  endWithUs(child)
  await accepting(port)
  const worker = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'))
  return {
    ports: [port],
    cpuTime: async () => cpuTimeOfThread(worker),
    async stop() {
      await stop(child)
      rmSync(folder, { recursive: true })
    },
  }
}

function nginxConfiguration(folder: string, port: number, servers: readonly number[]): string {
  return `
    load_module ${STREAM_MODULE};
    daemon off;
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events { worker_connections 4096; }
    stream {
      upstream pool { ${servers.map((server) => `server 127.0.0.1:${server};`).join(' ')} }
      server { listen 127.0.0.1:${port} backlog=1024; proxy_pass pool; }
    }
  `
}

/** The processor time of a process with one thread, from Linux's /proc, which has nanoseconds. */
function cpuTimeOfThread(pid: number): CpuTime {
  const path = `/proc/${pid}/schedstat`
  if (!existsSync(path)) return UNKNOWN_CPU
  const main = Number(readFileSync(path, 'utf8').split(' ')[0]) / 1_000
  return { all: main, main }
}

/** The processor time of all threads, also those that have ended, from Linux's /proc, which has hundredths of a second. */
function cpuTimeOf(pid: number | undefined): CpuTime {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return UNKNOWN_CPU
  // The second field, the name in parentheses, may itself contain blanks.
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? []
  return { ...UNKNOWN_CPU, all: (Number(fields[11]) + Number(fields[12])) * 10_000 }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Resolves once somebody accepts connections on the port. */
async function accepting(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, '127.0.0.1')
    const opened = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (opened) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill()
  await exited
}

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
