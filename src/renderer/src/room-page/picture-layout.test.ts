import { expect, it } from 'vitest'
import type { PictureNode } from '../../../shared/room/class-picture'
import { layOutPicture, linkEnds, packetPoint, progressAt, WIDTH } from './picture-layout'

const lab = (clients: number, servers: number) => ({
  clients,
  nodes: Array.from(
    { length: clients + servers },
    (_, index): PictureNode => ({ node: `n${index}`, id: String(index), slot: 0 }),
  ),
})

it.each([
  [0, 0],
  [6, 4],
  [24, 1],
  [1, 24],
])(
  'has %i clients and %i servers apart from one another, within the picture',
  (clients, servers) => {
    const layout = layOutPicture(lab(clients, servers))
    for (const [from, to, row] of [
      [0, clients, layout.rows[0]],
      [clients, clients + servers, layout.rows[1]],
    ] as const) {
      const ys = layout.ys.slice(from, to)
      for (const [at, y] of ys.entries()) {
        expect(y - row / 2).toBeGreaterThanOrEqual(0)
        expect(y + row / 2).toBeLessThanOrEqual(layout.height)
        if (at > 0) expect(y - (ys[at - 1] ?? 0)).toBeCloseTo(row)
      }
    }
  },
)

it('has a message begin at its sender and end at the proxy, and an answer the other way', () => {
  const { clients, nodes } = lab(2, 2)
  const layout = layOutPicture({ clients, nodes })
  const [atClient, atProxy] = linkEnds(layout, 0, clients)
  expect(packetPoint(layout, clients, 0, -1, 0)).toEqual(atClient)
  expect(packetPoint(layout, clients, 0, -1, 1)).toEqual(atProxy)
  expect(packetPoint(layout, clients, -1, 0, 1)).toEqual(atClient)
  expect(packetPoint(layout, clients, -1, 3, 1)?.x).toBeGreaterThan(WIDTH / 2)
  expect(packetPoint(layout, clients, -1, 9, 0.5)).toBeUndefined()
})

it('moves a packet evenly, and not while it is held', () => {
  expect(progressAt(150, 100, 0, 200, false)).toBe(0.5)
  expect(progressAt(150, 100, 0.5, 200, false)).toBe(0.75)
  expect(progressAt(150, 100, 0.5, 200, true)).toBe(0.5)
  expect(progressAt(900, 100, 0, 200, false)).toBe(1)
  expect(progressAt(0, 100, 0, 200, false)).toBe(0)
})
