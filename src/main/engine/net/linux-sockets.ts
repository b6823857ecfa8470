// Where a program of this machine listens, as Linux tells it in /proc: the sockets of all programs, and which of them a
// program of the same person holds. Elsewhere there is no such folder, and nothing is found.
import { readdir, readFile, readlink } from 'node:fs/promises'
import { inodeOfLink, LINUX_SOCKET_TABLES, linuxSockets } from '../../../shared/linux-sockets'
import type { ListeningAddress, SoughtListener } from './network'

/** A program that has just registered is among the newest. */
const MOST_PROGRAMS = 1_000
/** A program with more open files is no student's server. */
const MOST_FILES = 1_000

/** Only among the sockets of the program that holds this connection: who holds another one is not known. */
export async function findListener({
  port,
  connection,
}: SoughtListener): Promise<ListeningAddress | undefined> {
  if (connection === undefined) return undefined
  const sockets = await allSockets()
  const own = sockets?.find(
    (one) => one.port === connection.port && one.otherPort === connection.otherPort,
  )
  const held = own === undefined ? undefined : await socketsBeside(own.inode)
  const listeners = sockets?.filter(({ isListening, inode }) => isListening && held?.has(inode))
  const found = listeners?.find((one) => one.port === port) ?? listeners?.[0]
  return found && { address: found.address, port: found.port }
}

/** Whether any program of this machine listens on this port; undefined where the system does not tell. */
export async function hasListener(port: number): Promise<boolean | undefined> {
  return (await allSockets())?.some((one) => one.isListening && one.port === port)
}

async function allSockets() {
  const tables = await Promise.all(
    LINUX_SOCKET_TABLES.map((path) => readFile(path, 'utf8').catch(() => undefined)),
  )
  const there = tables.filter((table) => table !== undefined)
  return there.length === 0 ? undefined : there.flatMap(linuxSockets)
}

/** The inodes of all sockets that the program holds which holds this one. */
async function socketsBeside(inode: string): Promise<ReadonlySet<string> | undefined> {
  const programs = (await namesIn('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const newest = programs.sort((one, other) => other - one).slice(0, MOST_PROGRAMS)
  for (const program of newest) {
    const held = await socketsOf(program)
    if (held.has(inode)) return held
  }
  return undefined
}

async function socketsOf(program: number): Promise<ReadonlySet<string>> {
  const folder = `/proc/${program}/fd`
  const files = (await namesIn(folder)).slice(0, MOST_FILES)
  const links = await Promise.all(
    files.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  )
  return new Set(links.flatMap((link) => inodeOfLink(link) ?? []))
}

/** The names in a folder; none if its program has ended or belongs to another person. */
function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
