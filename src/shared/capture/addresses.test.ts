import { expect, it } from 'vitest'
import { asIpv6, parseAddress } from './addresses'

it.each([
  ['127.0.0.1', [127, 0, 0, 1]],
  ['::ffff:192.168.1.20', [192, 168, 1, 20]],
  ['::1', [...zeros(15), 1]],
  ['::', zeros(16)],
  ['fe80::1%lo', [0xfe, 0x80, ...zeros(13), 1]],
  ['2001:db8:0:1:2:3:4:5', [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5]],
  ['64:ff9b::10.0.0.1', [0, 0x64, 0xff, 0x9b, ...zeros(8), 10, 0, 0, 1]],
])('reads %s', (text, bytes) => expect(parseAddress(text)).toEqual(Uint8Array.from(bytes)))

it.each([
  '',
  'localhost',
  '1.2.3',
  '1.2.3.256',
  '1::2::3',
  '1:2:3',
  '::12345',
  '1:2:3:4:5:6:7:8::',
])('takes %j for no address', (text) => expect(parseAddress(text)).toBeUndefined())

it('puts an IPv4 address into IPv6 form', () => {
  expect(asIpv6(Uint8Array.of(10, 0, 0, 1))).toEqual(
    Uint8Array.from([...zeros(10), 0xff, 0xff, 10, 0, 0, 1]),
  )
})

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}
