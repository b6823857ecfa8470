import { expect, it } from 'vitest'
import type { ClassPicture, PicturePacket } from '../../../shared/room/class-picture'
import { isPacketLit, litPicture, spotlightWords } from './lit-picture'

const LAB: ClassPicture = {
  number: 1,
  scenario: null,
  policies: [{ id: '111', slot: 0, algorithm: 'round-robin', servers: [1] }],
  nodes: [
    { node: 'client:1', id: '1', slot: 0 },
    { node: 'server:100', id: '100', slot: 0 },
  ],
  clients: 1,
  moreClients: 0,
  moreServers: 0,
}
const TO_PROXY: PicturePacket = [7, 0, 0, -1, 0, 0, 600, 0]
const TO_SERVER: PicturePacket = [8, 0, -1, 1, 0, 0, 600, 0]

it('shows a policy with the proxy and its servers', () => {
  const lit = litPicture(LAB, [], { kind: 'policy', id: '111' })
  expect(lit).toMatchObject({ nodes: new Set([-1, 1]), links: new Set([1]) })
})

it('shows a packet, and dims the others', () => {
  const packets = [TO_PROXY, TO_SERVER]
  const lit = litPicture(LAB, packets, { kind: 'packet', id: 7 })
  expect(lit).toMatchObject({ nodes: new Set([0, -1]), links: new Set([0]) })
  expect(packets.map((packet) => lit && isPacketLit(lit, packet))).toEqual([true, false])
  const ofServer = litPicture(LAB, packets, { kind: 'node', id: 'server:100' })
  expect(packets.map((packet) => ofServer && isPacketLit(ofServer, packet))).toEqual([false, true])
})

it('dims nothing for what is not drawn', () => {
  expect(litPicture(LAB, [], { kind: 'packet', id: 7 })).toBeUndefined()
  expect(litPicture(LAB, [], { kind: 'node', id: 'server:900' })).toBeUndefined()
  expect(litPicture(LAB, [], null)).toBeUndefined()
})

it('names what is in the spotlight', () => {
  expect(spotlightWords(LAB, { kind: 'link', id: 'server:100' })).toBe('the link of server 100')
  expect(spotlightWords(LAB, { kind: 'node', id: 'proxy' })).toBe('the reverse proxy')
  expect(spotlightWords(LAB, { kind: 'node', id: 'server:900' })).toBe('')
})
