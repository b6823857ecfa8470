// Linux processes from /proc: their programs, sandboxes and listening ports.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

interface Process {
  pid: number
  /** Its arguments, the program first. */
  command: string
  /** `renderer`, `zygote`, …; empty for the app's main process. */
  type: string
}

/** Returns the processes whose program lies in `folder`. */
export function processesOf(folder: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => linkOf(`/proc/${pid}/exe`)?.startsWith(`${folder}/`))
    .map((pid) => {
      const command = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
      return { pid: Number(pid), command, type: command.match(/--type=(\S+)/)?.[1] ?? '' }
    })
}

/** Returns the app's main processes, without Chromium's helpers. */
export function mainsOf(folder: string): Process[] {
  return processesOf(folder).filter(({ pid, type }) => type === '' && isProgram(pid))
}

/** Not chrome-sandbox or the crash handler, which have no type either. */
function isProgram(pid: number): boolean {
  return linkOf(`/proc/${pid}/exe`)?.endsWith('/roundabout') ?? false
}

interface Sandbox {
  /** 2: a seccomp filter limits its system calls. */
  seccomp: number
  noNewPrivileges: number
  /** Its namespaces by name: two processes with the same name share one. */
  user: string | undefined
  processes: string | undefined
  network: string | undefined
}

export function sandboxOf(pid: number): Sandbox {
  const status = textOf(`/proc/${pid}/status`)
  const number = (name: string) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))?.[1])
  return {
    seccomp: number('Seccomp'),
    noNewPrivileges: number('NoNewPrivs'),
    user: linkOf(`/proc/${pid}/ns/user`),
    processes: linkOf(`/proc/${pid}/ns/pid`),
    network: linkOf(`/proc/${pid}/ns/net`),
  }
}

const LISTENING = '0A'

/** Returns the TCP ports on which a process listens, sorted. */
export function portsOf(pid: number): number[] {
  const sockets = new Set(
    entriesOf(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`)),
  )
  const ports = ['tcp', 'tcp6']
    .flatMap((table) => textOf(`/proc/${pid}/net/${table}`).split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, , , state, , , , , , inode]) => state === LISTENING && sockets.has(`socket:[${inode}]`),
    )
    .map(([, local]) => Number.parseInt(local?.split(':')[1] ?? '', 16))
  // The proxy listens on the same port of 127.0.0.1 and of ::1.
  return [...new Set(ports)].sort((one, other) => one - other)
}

/** A process may end meanwhile, and then has no entry. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
