// Network addresses: from the text in events to the bytes in a header.

/**
 * Returns 4 bytes for IPv4 (also for IPv4-mapped IPv6), 16 for IPv6; undefined if the text is no
 * address.
 */
export function parseAddress(text: string): Uint8Array | undefined {
  const [address = ''] = text.split('%')
  if (!address.includes(':')) return parseIpv4(address)
  const bytes = parseIpv6(address)
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes
}

/** Returns the address in IPv6 form, for a header that has one IPv6 address already. */
export function asIpv6(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address
  const bytes = new Uint8Array(16)
  bytes.fill(0xff, 10, 12)
  bytes.set(address, 12)
  return bytes
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  if (!parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [before, after] = [groupsOf(halves[0]), groupsOf(halves[1])]
  if (before === undefined || after === undefined) return undefined
  const missing = 16 - before.length - after.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined
  return Uint8Array.from([...before, ...Array.from({ length: missing }, () => 0), ...after])
}

/** The bytes of `fe80:1`, whose last group may be an IPv4 address. */
function groupsOf(text = ''): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const ipv4 = index === groups.length - 1 ? parseIpv4(group) : undefined
    if (ipv4) bytes.push(...ipv4)
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
    } else return undefined
  }
  return bytes
}

/** `::ffff:` and an IPv4 address. */
function isMapped(bytes: Uint8Array): boolean {
  return bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff))
}
