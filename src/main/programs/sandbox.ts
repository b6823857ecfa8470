// Runs a program by bubblewrap, on Linux: it sees a read-only system, its own folder, and none of its user's other files.
// The check speaks to it on loopback, so it must be in the same network: both are cut off from others (`ranOffline`).
import { spawn, spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { delimiter, join, resolve, sep } from 'node:path'

const PROBE_LIMIT_MS = 10_000
/** The exit status of a program that a signal has ended, as shells say it of Ctrl+C. */
const KILLED = 130

/** A sentence on why there is no sandbox here; undefined if there is one. */
export function sandboxFault(): string | undefined {
  if (process.platform !== 'linux') return 'A sandbox needs Linux, with bubblewrap.'
  return probeFault(sandboxed(['true'], { folder: process.cwd(), reads: [] }))
}

function probeFault([file = '', ...args]: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    timeout: PROBE_LIMIT_MS,
  })
  if (error !== undefined)
    return 'A sandbox needs bubblewrap (bwrap), which cannot be started here.'
  return status === 0 ? undefined : `bubblewrap makes no sandbox here: ${stderr.trim()}.`
}

const OFFLINE = 'ROUNDABOUT_OFFLINE'

/** Whether this process has no network but a loopback of its own. */
export function isOffline(): boolean {
  return process.env[OFFLINE] === '1'
}

/**
 * Runs these words, and all that they start, without any network but a loopback of their own, on this terminal or pipe.
 * Resolves with the exit status, or with a sentence on why that cannot be done here.
 */
export async function ranOffline(
  words: readonly string[],
  stopped: AbortSignal,
): Promise<number | string> {
  const inside = (some: readonly string[]) => [
    ...['bwrap', '--dev-bind', '/', '/', '--unshare-net', '--die-with-parent'],
    ...['--setenv', OFFLINE, '1', '--', ...some],
  ]
  const fault = probeFault(inside(['true']))
  if (fault !== undefined) return fault
  const [file = '', ...args] = inside(words)
  const child = spawn(file, args, { stdio: 'inherit' })
  const stop = () => child.kill('SIGKILL')
  stopped.addEventListener('abort', stop)
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (code) => resolve(code ?? KILLED))
  })
}

interface Seen {
  /** The program's own, which it may also write. */
  readonly folder: string
  /** Others that it may read. */
  readonly reads: readonly string[]
}

/** The words of the command that runs these words in a sandbox. */
export function sandboxed(words: readonly string[], { folder, reads }: Seen): string[] {
  const home = homedir()
  const readable = [...runtimesIn(home), ...reads.map((path) => resolve(path))]
  const own = resolve(folder)
  return [
    ...['bwrap', '--die-with-parent', '--new-session', '--unshare-all', '--share-net'],
    ...['--cap-drop', 'ALL', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...['--tmpfs', '/tmp', '--tmpfs', '/run', '--tmpfs', home],
    ...readable.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--bind', own, own, '--chdir', own, ...environment(), '--'],
    ...words,
  ]
}

/** What a program needs; the rest of the user's environment may have passwords in it. */
function environment(): string[] {
  const kept = ['PATH', 'LANG', 'LC_ALL'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : ['--setenv', name, value]
  })
  return ['--clearenv', '--setenv', 'HOME', '/tmp', '--setenv', 'PYTHONUNBUFFERED', '1', ...kept]
}

/** Folders of a home that have programs: Python and Node are often installed there (`~/.pyenv`). */
function runtimesIn(home: string): string[] {
  const inside = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => path.startsWith(home + sep))
    .map((path) => join(home, path.slice(home.length + 1).split(sep)[0] ?? ''))
  return [...new Set(inside)]
}
