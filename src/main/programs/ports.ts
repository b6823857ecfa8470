// Ports for programs that are about to listen. Below those that systems give to outgoing connections, so that none of
// them takes the port meanwhile.
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { LINUX_SOCKET_TABLES, linuxSockets } from '../../shared/linux-sockets'

const FIRST = 20_000
const LAST = 31_999
const TRIES = 200

/** A whole class needs more ports than there are: the oldest may be given again. */
const REMEMBERED = 4_000

const given = new Set<number>()

/** A port that nobody listens on, and that was not returned lately. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1))
    if (given.has(port) || !(await canListen(port))) continue
    given.add(port)
    for (const oldest of given) {
      if (given.size <= REMEMBERED) break
      given.delete(oldest)
    }
    return port
  }
  throw new Error(`No port from ${FIRST} to ${LAST} is free.`)
}

/**
 * Whether somebody listens on this port of loopback. Nobody is connected to for it: a student's program may take an empty
 * connection badly.
 */
export async function isListenedOn(port: number): Promise<boolean> {
  if (process.platform !== 'linux') return !(await canListen(port))
  const tables = await Promise.all(
    LINUX_SOCKET_TABLES.map((file) => readFile(file, 'utf8').catch(() => '')),
  )
  return tables.flatMap(linuxSockets).some((one) => one.isListening && one.port === port)
}

export async function canListen(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await listening(server, port, '127.0.0.1')
  } catch {
    return false
  }
  await new Promise((resolve) => server.close(resolve))
  return true
}

/** Resolves with the port, once the server listens; rejects if it cannot. */
export function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: 511 }, () => {
      server.off('error', reject)
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('The server has no port.'))
    })
  })
}
