// The processes that a program has started, whatever they have made of their groups and parents since: each has inherited a
// mark in its environment. Read from /proc; without it (macOS, Windows), nothing is found.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { inodeOfLink, LINUX_SOCKET_TABLES, linuxSockets } from '../../shared/linux-sockets'

const NAME = 'ROUNDABOUT_PROGRAM'

let marks = 0

/** A mark for one program. Marks of this process begin with `ownMarks`. */
export function nextMark(): string {
  marks += 1
  return `${ownMarks}${marks}.`
}

export const ownMarks = `${process.pid}.`

export function markedEnvironment(mark: string): Record<string, string> {
  return { [NAME]: mark }
}

/** Ids of the processes whose mark begins so. */
export function processesMarked(mark: string): number[] {
  const entry = `${NAME}=${mark}`
  return names('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      const entries = text(`/proc/${id}/environ`).split('\0')
      return entries.some((one) => one.startsWith(entry))
    })
    .map(Number)
}

/** Ports on which these processes listen. */
export function listeningPorts(processes: readonly number[]): number[] {
  const sockets = new Set(processes.flatMap(socketsOf))
  const all = LINUX_SOCKET_TABLES.flatMap((path) => linuxSockets(text(path)))
  const own = all.filter(({ isListening, inode }) => isListening && sockets.has(inode))
  return [...new Set(own.map(({ port }) => port))]
}

function socketsOf(id: number): string[] {
  return names(`/proc/${id}/fd`).flatMap((fd) => inodeOfLink(target(`/proc/${id}/fd/${fd}`)) ?? [])
}

/** Empty if it cannot be read: processes end meanwhile, and others belong to somebody else. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function target(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
