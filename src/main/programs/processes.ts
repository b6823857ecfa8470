// The processes that a program has started, whatever they have made of their groups and parents since: each has inherited a
// mark in its environment. Read from /proc; without it (macOS, Windows), nothing is found.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const NAME = 'ROUNDABOUT_PROGRAM'
/** `/proc/net/tcp`: the state of a socket that listens. */
const LISTENS = '0A'

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
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => text(path).split('\n'))
  const ports = rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
    if (state !== LISTENS || !sockets.has(inode)) return []
    return [Number.parseInt(local.split(':').at(-1) ?? '', 16)]
  })
  return [...new Set(ports)]
}

function socketsOf(id: number): string[] {
  return names(`/proc/${id}/fd`).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(target(`/proc/${id}/fd/${fd}`)) ?? []
    return inode === undefined ? [] : [inode]
  })
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
