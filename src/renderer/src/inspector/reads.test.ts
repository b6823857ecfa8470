import { expect, it } from 'vitest'
import { readsOf } from './reads'
import { packetOf } from './testing'

const bytes = new Uint8Array(69)
const pieces = [
  { bytes: 20, of: 20, at: 1_200 },
  { bytes: 40, of: 40, at: 1_201 },
  { bytes: 9, of: 138, at: 1_205 },
]

it('tells the reads that a message took, with their sizes and times', () => {
  const told = readsOf(packetOf({ bytes, pieces, status: 'delivered', endedAt: 1_205 }))
  expect(told.title).toBe('69 bytes, 1 write, read in 3 pieces')
  expect(told.reads).toEqual([
    { range: { from: 0, to: 20 }, at: 1_200, text: '20 bytes' },
    { range: { from: 20, to: 60 }, at: 1_201, text: '40 bytes' },
    { range: { from: 60, to: 69 }, at: 1_205, text: '9 bytes of a read of 138 bytes' },
  ])
})

it('takes a message of which no reads are told for one read', () => {
  const told = readsOf(packetOf({ bytes, status: 'delivered', endedAt: 700 }))
  expect(told).toMatchObject({
    title: '69 bytes, 1 write, read in 1 piece',
    reads: [{ range: { from: 0, to: 69 }, at: 700 }],
  })
})

it('knows how an outside program’s message was read as soon as it is under way, and not how it was written', () => {
  const packet = packetOf({ from: 'outside:client:7', to: 'proxy', bytes, pieces, sentAt: 5 })
  expect(readsOf(packet).title).toBe('69 bytes, read in 3 pieces')
  expect(readsOf({ ...packet, pieces: undefined }).reads).toMatchObject([{ at: 5 }])
})

it('tells the reads of what was sent where a message was edited on its way', () => {
  const packet = packetOf({ from: 'outside:client:7', bytes: new Uint8Array(72), original: bytes })
  expect(readsOf(packet)).toMatchObject({
    title: '72 bytes, read in 1 piece',
    remark: expect.stringContaining('sent 69 bytes'),
    reads: [{ range: { from: 0, to: 69 } }],
  })
})

it('says what cannot be seen of an outside program that reads', () => {
  const told = readsOf(packetOf({ to: 'outside:server:7', bytes, status: 'delivered' }))
  expect(told.title).toBe('69 bytes, 1 write')
  expect(told.remark).toContain('cannot be seen')
  expect(told.reads).toEqual([])
})

it('claims no write for what is still under way or lost', () => {
  expect(readsOf(packetOf({ bytes })).title).toBe('69 bytes, not written to the socket yet')
  expect(readsOf(packetOf({ bytes, status: 'dropped' })).title).toBe('69 bytes, lost')
})

it('tells the writes of the check to a proxy that is checked, whose reads are not seen', () => {
  const packet = packetOf({ to: 'proxy', bytes, pieces, status: 'delivered', endedAt: 1_205 })
  const told = readsOf(packet, (node) => node === 'proxy')
  expect(told.title).toBe('69 bytes, 3 writes')
  expect(told.remark).toContain('cannot be seen')
  expect(told.reads).toHaveLength(3)
})
