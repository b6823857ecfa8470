// The command line of the clone, as real processes: what no test within one process can show.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ROOT } from './app-paths'

const PROGRAM = join(ROOT, 'bin/roundabout.mjs')
const run = promisify(execFile)
const HASH = 'b0400cf1f3919fdba057dbd2acc52f148fbb43ac'

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** `within`: the command that leads to the machine that it runs on. */
async function roundabout(args: readonly string[], within: readonly string[] = []): Promise<Ended> {
  const [file = '', ...rest] = [...within, process.execPath, PROGRAM, ...args]
  try {
    return { code: 0, ...(await run(file, rest, { cwd: ROOT })) }
  } catch (error) {
    return error as Ended
  }
}

interface Started {
  readonly process: ChildProcess
  /** Resolves when it has printed this, on either stream. */
  says(wanted: RegExp): Promise<RegExpExecArray>
  /** Resolves with the exit status after the signal. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

function start(args: readonly string[], within: readonly string[] = []): Started {
  const [file = '', ...rest] = [...within, process.execPath, PROGRAM, ...args]
  const child = spawn(file, rest, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  const end = (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => {
    await end('SIGTERM')
  })
  return {
    process: child,
    async says(wanted) {
      await expect.poll(() => printed, { interval: 20 }).toMatch(wanted)
      return wanted.exec(printed) as RegExpExecArray
    },
    end,
  }
}

it('the classic homework runs as a script', async () => {
  const port = String(20_000 + (process.pid % 10_000))
  const { stdout, stderr } = await run('sh', ['examples/classic.sh', port], { cwd: ROOT })
  expect(stderr).toBe('')
  const servers = [...stdout.matchAll(/^Received a hash from server (\d+): [0-9a-f]{40}$/gm)]
  expect(servers.map(([, id]) => id)).toEqual(['100', '300', '200', '100', '400', '200'])
  expect(stdout.match(/^Hash of payload is correct$/gm)).toHaveLength(6)
})

it('Ctrl+C closes a program in order, and what is wrong is one sentence with exit status 2', async () => {
  const proxy = start(['proxy', '-port', '0'])
  const [, port = ''] = await proxy.says(/Listening on .* port (\d+)/)
  const server = start(['server', '-id', '1', '-pp', '1', '-listen', '0', '-revproc', port])
  await proxy.says(/Received a registration from server 1 /)
  expect(await server.end('SIGINT')).toBe(0)
  expect(await proxy.end('SIGTERM')).toBe(0)
  expect(await roundabout(['proxy', '-prot', '1'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'Unknown option "-prot". roundabout proxy --help lists its options.\n',
  })
})

it('a played scenario is the same text each time, also for a reader that leaves early', async () => {
  const scenario = 'examples/the-same-arrivals-under-two-algorithms.roundabout-scenario'
  const args = ['run', scenario, '--for', '2000', '--json', '--decisions']
  const [one, other] = await Promise.all([roundabout(args), roundabout(args)])
  expect(one.code).toBe(0)
  expect(one.stdout).toBe(other.stdout)
  const { stdout } = await run('sh', [
    '-c',
    `"$0" "$1" help proxy | head -n 1`,
    process.execPath,
    PROGRAM,
  ])
  expect(stdout).toBe('Usage: roundabout proxy [OPTIONS]\n')
})

/** Three machines: the proxy's is connected to each of the others. */
const MACHINES = ['proxy', 'server', 'client'].map((name) => `rb-${name}-${process.pid}`)
const [PROXYS = '', SERVERS = '', CLIENTS = ''] = MACHINES

function ip(command: string): void {
  execFileSync('ip', command.split(' '), { stdio: 'pipe' })
}

/** Returns why there can be no such machines here. */
function namespaceProblem(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  try {
    ip(`netns add ${PROXYS}`)
    ip(`netns del ${PROXYS}`)
  } catch (error) {
    return `ip cannot make network namespaces: ${error instanceof Error ? error.message : error}`
  }
  return undefined
}

const problem = namespaceProblem()
if (problem) console.warn(`The test over three machines is skipped: ${problem}.`)

describe.skipIf(problem !== undefined)('three machines', () => {
  const on = (machine: string) => ['ip', 'netns', 'exec', machine]

  beforeAll(() => {
    for (const machine of MACHINES) {
      ip(`netns add ${machine}`)
      ip(`-n ${machine} link set lo up`)
    }
    for (const [index, machine] of [SERVERS, CLIENTS].entries()) {
      const net = index + 1
      ip(`link add rb${net} netns ${machine} type veth peer name rb${net} netns ${PROXYS}`)
      for (const [own, host] of [
        [PROXYS, 1],
        [machine, 2],
      ] as const) {
        ip(`-n ${own} addr add 10.77.${net}.${host}/24 dev rb${net}`)
        ip(`-n ${own} addr add fd77:${net}::${host}/64 dev rb${net} nodad`)
        ip(`-n ${own} link set rb${net} up`)
      }
    }
  })

  afterAll(() => {
    for (const machine of MACHINES) ip(`netns del ${machine}`)
  })

  it('find one another by their addresses, over IPv4 and IPv6', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roundabout-machines-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const packet = join(folder, 'packet.json')
    await writeFile(packet, '{"type": 0, "srcid": 1, "privPoliId": 111, "payload": "xyz1"}')
    const ask = (proxy: string) =>
      roundabout(['client', '-id', '1', '-revproc', proxy, '-pkt', packet], on(CLIENTS))

    const proxy = start(['proxy', '-port', '2100', '--listen', '::'], on(PROXYS))
    await proxy.says(/Open to other machines, at .*10\.77\.1\.1:2100.*: anybody who reaches it/)
    const serve = (id: string, listen: string, revproc: string) =>
      start(
        ['server', '-id', id, '-pp', '111', '-listen', listen, '-revproc', revproc],
        on(SERVERS),
      )
    serve('4', '10.77.1.2:2101', '10.77.1.1:2100')
    await proxy.says(/Received a registration from server 4 /)
    serve('6', '[fd77:1::2]:2102', '[fd77:1::1]:2100')
    await proxy.says(/Received a registration from server 6 /)

    expect(await ask('10.77.2.1:2100')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Received a hash from server 4: ${HASH}`),
    })
    expect(await ask('[fd77:2::1]:2100')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Received a hash from server 6: ${HASH}`),
    })

    const loopback = serve('7', '2103', '10.77.1.1:2100')
    await loopback.says(/The proxy at 10\.77\.1\.1 cannot reach 127\.0\.0\.1: add -listen/)
  })

  it('do not reach a proxy that listens on loopback', async () => {
    const proxy = start(['proxy', '-port', '2100'], on(PROXYS))
    await proxy.says(/Listening on 127\.0\.0\.1/)
    const args = ['client', '-id', '1', '-pp', '1', '-revproc', '10.77.2.1:2100']
    expect(await roundabout(args, on(CLIENTS))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('connect ECONNREFUSED 10.77.2.1:2100'),
    })
  })
})
