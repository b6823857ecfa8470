import { afterEach, beforeEach, expect, it } from 'vitest'
import { CLASSIC_POOL } from '../../shared/scenario'
import type { MemoryLab } from '../engine'
import { createMemoryLab } from '../engine'
import { LabPictures } from './lab-picture'
import { nodeDetails } from './node-details'

let lab: MemoryLab
let pictures: LabPictures

beforeEach(async () => {
  lab = await createMemoryLab({ scenario: CLASSIC_POOL, isRecorded: false })
  lab.rest()
  pictures = new LabPictures()
})
afterEach(() => lab.engine.close())

it('has clients, then servers, and each policy’s servers and whose turn is next', () => {
  expect(pictures.draw(lab.engine.state)).toBe(true)
  expect(pictures.lab).toMatchObject({ number: 1, clients: 6, moreClients: 0, moreServers: 0 })
  const ids = pictures.lab?.nodes.map(({ id }) => id) ?? []
  expect(ids.slice(0, 6)).toEqual(['1', '2', '3', '4', '5', '6'])
  const [first] = pictures.lab?.policies ?? []
  expect(first?.id).toBe('111')
  expect(first?.servers.map((index) => ids[index])).toEqual(['100', '300'])
  expect(ids[pictures.moment?.next[0] ?? 0]).toBe('100')
  expect(pictures.moment?.standings).toEqual([0, 0, 0, 0])
})

it('is drawn anew when something happens, and who is there only when that changes', async () => {
  pictures.draw(lab.engine.state)
  expect(pictures.draw(lab.engine.state)).toBe(false)
  await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
  expect(pictures.draw(lab.engine.state)).toBe(true)
  expect(pictures.lab?.number).toBe(1)
  // From client 1, which is the first node, to the proxy.
  expect(pictures.moment?.packets.map(([, kind, from, to]) => [kind, from, to])).toEqual([
    [0, 0, -1],
  ])
  lab.rest()
  pictures.draw(lab.engine.state)
  expect(pictures.moment).toMatchObject({ answered: 1, inFlight: 0, packets: [] })
  expect(pictures.moment?.served.slice(0, 2)).toEqual([1, 0])
  const added = lab.engine.execute({ type: 'addClient' })
  lab.rest()
  await added
  pictures.draw(lab.engine.state)
  expect(pictures.lab).toMatchObject({ number: 2, clients: 7 })
})

it('says where time stands still, and which packet is held', async () => {
  await lab.engine.execute({ type: 'setBreakpoint', filter: 'type:0', once: true })
  await lab.engine.execute({ type: 'sendMessage', client: 'client:2' })
  lab.rest()
  await lab.engine.execute({ type: 'pause' })
  pictures.draw(lab.engine.state)
  expect(pictures.moment?.speed).toBe(0)
  expect(pictures.moment?.packets[0]?.[7]).toBe(1)
})

it('describes a node by its facts and its last messages', async () => {
  await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
  lab.rest()
  const details = nodeDetails(lab.engine.state, 'client:1')
  expect(details?.name).toBe('Client 1')
  expect(details?.facts).toContainEqual(['Policy', '111'])
  expect(details?.packets[0]?.words).toMatch(/^Answer \d+, reverse proxy to client 1, at /)
  expect(details?.packets[1]?.text).toContain('"payload":"xyz1"')
  expect(nodeDetails(lab.engine.state, 'client:none')).toBeNull()
})
