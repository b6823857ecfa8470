import type { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { hostNames, roomAddresses, urlHost } from './addresses'

const one = (address: string, internal = false) =>
  ({ address, internal }) as NonNullable<ReturnType<typeof networkInterfaces>[string]>[number]

it('are those of networks first, and loopback at last', () => {
  const interfaces = {
    lo: [one('127.0.0.1', true), one('::1', true)],
    eth0: [one('2001:db8::5'), one('192.168.1.5'), one('fe80::1')],
  }
  expect(roomAddresses(interfaces)).toEqual([
    { address: '192.168.1.5', name: 'eth0', reach: 'network' },
    { address: '2001:db8::5', name: 'eth0', reach: 'network' },
    { address: '127.0.0.1', name: 'lo', reach: 'machine' },
  ])
})

it('stand in brackets in a URL where they are IPv6', () => {
  expect(urlHost('2001:db8::5')).toBe('[2001:db8::5]')
  expect(hostNames('2001:db8::5')).toEqual(['[2001:db8::5]'])
  expect(hostNames('192.168.1.5')).toEqual(['192.168.1.5'])
  expect(hostNames('127.0.0.1')).toEqual(['127.0.0.1', 'localhost'])
})
