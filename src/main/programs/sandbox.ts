// Runs a program by bubblewrap, on Linux: it sees a read-only system, its own folder, and none of its user's other files.
// The network stays, because the check speaks to the program on loopback.
import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { delimiter, join, resolve, sep } from 'node:path'

const PROBE_LIMIT_MS = 10_000

/** A sentence on why there is no sandbox here; undefined if there is one. */
export function sandboxFault(): string | undefined {
  if (process.platform !== 'linux') return 'A sandbox needs Linux, with bubblewrap.'
  const [file = '', ...args] = sandboxed(['true'], { folder: process.cwd(), reads: [] })
  const { error, status, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    timeout: PROBE_LIMIT_MS,
  })
  if (error !== undefined)
    return 'A sandbox needs bubblewrap (bwrap), which cannot be started here.'
  return status === 0 ? undefined : `bubblewrap makes no sandbox here: ${stderr.trim()}.`
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
