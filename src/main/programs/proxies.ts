// Starts what takes the place of Roundabout's proxy: HAProxy or nginx with the exported files, or a student's program.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { errorText } from '../../shared/error-text'
import { exportedFiles } from '../../shared/export/export'
import { policyPorts } from '../../shared/export/nginx'
import { type ExportSetup, setupOfState } from '../../shared/export/setup'
import { shortened } from '../../shared/format'
import { DEFAULT_HOST } from '../../shared/limits'
import { commandFault, commandWords, filledIn } from '../../shared/program-command'
import type { ProxyPrograms, ProxyWish, StartedProxy } from '../../shared/proxy-programs'
import { findProgram } from './find-program'
import { canListen, freePort, isListenedOn } from './ports'
import { Program } from './program'

type Watcher = Parameters<ProxyPrograms['start']>[1]
type Exported = Extract<ProxyWish, { kind: 'haproxy' | 'nginx' }>

/** A program that does not listen by then is ended. */
const START_LIMIT_MS = 10_000
const LOOK_EVERY_MS = 25
/** Lines of a program that did not start, or has ended, that are quoted. */
const LAST_WORDS = 6
const PORT_TRIES = 20
const MOST_NAME_CHARS = 40
/** What nginx names if it lacks it, and the exported file that does without. */
const NJS = 'ngx_stream_js_module'
const PORTS_FILE = 'nginx-ports.conf'
/** After these, the program's file follows. */
const INTERPRETERS = /^(?:python[\d.]*|node|java|ruby|perl|php|bash|sh|deno|bun)(?:\.exe)?$/i

interface FieldProgram {
  readonly label: string
  readonly file: string
  readonly variable: string
  readonly install: string
  readonly args: (path: string, folder: string) => readonly string[]
}

const FIELD: Readonly<Record<Exported['kind'], FieldProgram>> = {
  haproxy: {
    label: 'HAProxy',
    file: 'haproxy.cfg',
    variable: 'HAPROXY_PATH',
    install: 'apt-get install haproxy',
    args: (path) => ['-db', '-f', path],
  },
  nginx: {
    label: 'nginx',
    file: 'nginx.conf',
    variable: 'NGINX_PATH',
    install: 'apt-get install nginx libnginx-mod-stream libnginx-mod-stream-js',
    args: (path, folder) => [
      ...['-e', 'stderr', '-c', path, '-g'],
      `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr error;`,
    ],
  },
}

export const proxyPrograms: ProxyPrograms = {
  start(wish, watcher) {
    switch (wish.kind) {
      case 'program':
        return startByCommand(wish, watcher)
      case 'running':
        return stands(wish.port)
      default:
        return startExported(wish, watcher)
    }
  },
}

/** A program that somebody else has started. Nothing ends it. */
async function stands(port: number): Promise<StartedProxy> {
  if (!(await isListenedOn(port))) throw new Error(`port: Nobody listens on port ${port}.`)
  return { name: `The program on port ${port}`, host: DEFAULT_HOST, port, async stop() {} }
}

async function startByCommand(
  { command, folder }: Extract<ProxyWish, { kind: 'program' }>,
  watcher: Watcher,
): Promise<StartedProxy> {
  const fault = commandFault(command, 'proxy')
  if (fault !== undefined) throw new Error(`command: ${fault}`)
  const port = await freePort()
  const words = filledIn(commandWords(command) ?? [], { port, dir: folder ?? '.' })
  const name = fileIn(words)
  const program = await started({ name, words, folder, port }, watcher)
  return { name, host: DEFAULT_HOST, port, stop: () => program.stop() }
}

async function startExported({ kind, state }: Exported, watcher: Watcher): Promise<StartedProxy> {
  const { label, file, variable, install } = FIELD[kind]
  const found = await findProgram(kind, variable)
  if (found === undefined) {
    throw new Error(`${label} is not installed on this machine (on Debian: ${install}).`)
  }
  const name = found.version === '' ? label : `${label} ${found.version}`
  const setup = await onFreePorts(setupOfState(state))
  const start = { kind, name, path: found.path, setup }
  try {
    return await startFile({ ...start, file, port: setup.port }, watcher)
  } catch (error) {
    if (!errorText(error).includes(NJS)) throw error
  }
  watcher.onLine('nginx has no njs here, which reads the messages: it gets a port for each policy.')
  const ports = policyPorts(setup)
  const portOf = new Map(setup.pools.map(({ policy }, index) => [policy, ports[index] ?? 0]))
  const [port = 0] = ports
  return { ...(await startFile({ ...start, file: PORTS_FILE, port }, watcher)), portOf }
}

interface FileStart {
  readonly kind: Exported['kind']
  readonly name: string
  readonly path: string
  readonly setup: ExportSetup
  readonly file: string
  readonly port: number
}

/** Writes the exported files to a folder of their own, and starts the program with one of them. */
async function startFile(
  { kind, name, path, setup, file, port }: FileStart,
  watcher: Watcher,
): Promise<StartedProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-proxy-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    for (const { name: fileName, text } of exportedFiles(setup, kind)) {
      await writeFile(join(folder, fileName), text)
    }
    const words = [path, ...FIELD[kind].args(join(folder, file), folder)]
    const program = await started({ name, words, folder, port }, watcher)
    const stop = () => program.stop().then(remove)
    return { name, host: DEFAULT_HOST, port, stop }
  } catch (error) {
    await remove()
    throw error
  }
}

async function onFreePorts(setup: ExportSetup): Promise<ExportSetup> {
  for (let tried = 0; tried < PORT_TRIES; tried++) {
    const moved = { ...setup, host: DEFAULT_HOST, port: await freePort() }
    const free = await Promise.all(policyPorts(moved).map(canListen))
    if (free.every(Boolean)) return moved
  }
  throw new Error('There are no free ports for it.')
}

interface Start {
  readonly name: string
  readonly words: readonly string[]
  readonly folder: string | undefined
  readonly port: number
}

/** Resolves when it listens. */
async function started({ name, words, folder, port }: Start, watcher: Watcher): Promise<Program> {
  let listens = false
  const program = new Program({
    words,
    folder,
    onLine: ({ text }) => watcher.onLine(text),
    onEnd: () => {
      if (listens) watcher.onEnd(endWords(program))
    },
  })
  const until = performance.now() + START_LIMIT_MS
  while (program.end === undefined && performance.now() < until) {
    if (await isListenedOn(port)) {
      listens = true
      return program
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  const how =
    program.end === undefined
      ? `it does not listen on port ${port} after ${START_LIMIT_MS / 1000} s.${lastWords(program)}`
      : endWords(program)
  await program.stop()
  throw new Error(`${name} did not start: ${how}`)
}

/** `exit status 1. Its last words: “…”` */
function endWords(program: Program): string {
  const { how = 'it ended', startFault = how } = program.end ?? {}
  return `${startFault}.${lastWords(program)}`
}

function lastWords({ lines }: Program): string {
  const last = lines
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .slice(-LAST_WORDS)
  return last.length === 0 ? '' : ` Its last words: “${last.join(' / ')}”`
}

/** `reverse_proxy.py`. */
function fileIn(words: readonly string[]): string {
  const [first = '', next = ''] = words
  const isFileNext = INTERPRETERS.test(basename(first)) && !next.startsWith('-')
  return shortened(basename(isFileNext ? next : first), MOST_NAME_CHARS)
}
