// Where a program of this machine listens, as Linux tells it in /proc: the sockets of all programs, and which of them a
// program of the same person holds. Elsewhere there is no such folder, and nothing is found.
import { readdir, readFile, readlink } from 'node:fs/promises'
import type { ListeningAddress, SoughtListener } from './network'

interface Socket extends ListeningAddress {
  readonly otherPort: number
  readonly isListening: boolean
  readonly inode: string
}

const LISTENING = '0A'

export async function findListener({
  port,
  connection,
}: SoughtListener): Promise<ListeningAddress | undefined> {
  const sockets = [
    ...socketsIn(await textOf('/proc/net/tcp')),
    ...socketsIn(await textOf('/proc/net/tcp6')),
  ]
  const listeners = sockets.filter(({ isListening }) => isListening)
  const samePort = listeners.find((one) => one.port === port)
  if (samePort !== undefined) return endpointOf(samePort)
  const own = sockets.find(
    (one) => one.port === connection?.port && one.otherPort === connection.otherPort,
  )
  const held = own === undefined ? undefined : await socketsBeside(own.inode)
  const listener = listeners.find(({ inode }) => held?.has(inode))
  return listener && endpointOf(listener)
}

function endpointOf({ address, port }: Socket): ListeningAddress {
  return { address, port }
}

function socketsIn(table: string): Socket[] {
  const [, ...rows] = table.split('\n')
  return rows.flatMap((row) => {
    const [, local = '', other = '', state, , , , , , inode = ''] = row.trim().split(/\s+/)
    const [address = '', port = ''] = local.split(':')
    if (port === '') return []
    return {
      address: addressOf(address),
      port: Number.parseInt(port, 16),
      otherPort: Number.parseInt(other.split(':')[1] ?? '', 16),
      isListening: state === LISTENING,
      inode,
    }
  })
}

/** Words of four bytes, each in the order of the machine: little-endian wherever we run. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  bytes.swap32()
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16))
  if (groups.every((group) => group === '0')) return '::'
  if (groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff') {
    return bytes.subarray(12).join('.')
  }
  return groups
    .join(':')
    .replace(/\b(?:0:){2,}/, '::')
    .replace(':::', '::')
}

/** The inodes of all sockets that the program holds which holds this one. */
async function socketsBeside(inode: string): Promise<ReadonlySet<string> | undefined> {
  for (const process of await namesIn('/proc')) {
    if (!/^\d+$/.test(process)) continue
    const held = await socketsOf(process)
    if (held.has(inode)) return held
  }
  return undefined
}

async function socketsOf(process: string): Promise<ReadonlySet<string>> {
  const folder = `/proc/${process}/fd`
  const links = await Promise.all(
    (await namesIn(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  )
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
}

/** Of a program that has ended, or is another person's, there is nothing to read. */
function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
