import { describe, expect, it } from 'vitest'
import { inodeOfLink, linuxSockets } from './linux-sockets'

const HEADING = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid'
const REST = '00000000:00000000 00:00000000 00000000     0        0'

describe('the sockets of a Linux machine', () => {
  it('are read with their addresses, ports and inodes', () => {
    const table = [
      HEADING,
      `   0: 0100007F:0834 00000000:0000 0A ${REST} 4711 1 0000000000000000`,
      `   1: 0100007F:9C40 0100007F:0834 01 ${REST} 4712 1 0000000000000000`,
      '',
    ].join('\n')
    expect(linuxSockets(table)).toEqual([
      { address: '127.0.0.1', port: 2100, otherPort: 0, isListening: true, inode: '4711' },
      { address: '127.0.0.1', port: 40_000, otherPort: 2100, isListening: false, inode: '4712' },
    ])
  })

  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['B80D0120000000000000000005000000', '2001:db8::5'],
  ])('of IPv6: %s', (hex, address) => {
    expect(linuxSockets(`0: ${hex}:0834 ${hex}:0000 0A ${REST} 1`)[0]?.address).toBe(address)
  })

  it('are none in an empty or unknown table', () => {
    expect(linuxSockets('')).toEqual([])
    expect(linuxSockets(HEADING)).toEqual([])
  })

  it('have links that name them', () => {
    expect(inodeOfLink('socket:[4711]')).toBe('4711')
    expect(inodeOfLink('/dev/null')).toBeUndefined()
  })
})
