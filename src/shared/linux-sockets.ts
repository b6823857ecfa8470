// The TCP sockets of a Linux machine, as its files /proc/net/tcp and tcp6 list them.

interface LinuxSocket {
  readonly address: string
  readonly port: number
  /** The port of the other end; 0 while it listens. */
  readonly otherPort: number
  readonly isListening: boolean
  /** By it a program's open files name the socket. */
  readonly inode: string
}

export const LINUX_SOCKET_TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const

const LISTENING = '0A'
const SOCKET_LINK = /^socket:\[(\d+)\]$/

/** Skips rows that are not about a socket, as the heading. */
export function linuxSockets(table: string): LinuxSocket[] {
  return table.split('\n').flatMap((row) => {
    const [, local = '', other = '', state, , , , , , inode = ''] = row.trim().split(/\s+/)
    const [address, port] = endpointIn(local)
    const [, otherPort] = endpointIn(other)
    if (Number.isNaN(port) || Number.isNaN(otherPort)) return []
    return { address: addressOf(address), port, otherPort, isListening: state === LISTENING, inode }
  })
}

/** The inode of the socket to which such a link of `/proc/PID/fd` leads: `socket:[12345]`. */
export function inodeOfLink(link: string): string | undefined {
  return SOCKET_LINK.exec(link)?.[1]
}

function endpointIn(text: string): [hex: string, port: number] {
  const [address = '', port = ''] = text.split(':')
  return [address, Number.parseInt(port, 16)]
}

/** Words of four bytes, each in the order of the machine: little-endian wherever we run. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse(),
  )
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16),
  )
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff'
  if (isMapped) return bytes.slice(12).join('.')
  if (groups.every((group) => group === '0')) return '::'
  return groups
    .join(':')
    .replace(/\b(?:0:){2,}/, '::')
    .replace(':::', '::')
}
