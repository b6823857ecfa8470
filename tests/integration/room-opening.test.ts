// How a class is opened and ended, over real sockets.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRooms } from '../../src/main/room/index'
import type { RoomUpdate } from '../../src/shared/room/room-line'
import { startTestRoom, type TestRoom } from './room-class'
import { connectViewer } from './room-viewer'

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom()
})

afterEach(() => room.close())

describe('the class', () => {
  it('ends with one request: everybody is told, and the port is closed', async () => {
    const url = await room.open()
    const viewers = await Promise.all([room.enter(url), room.enter(url)])
    room.instructor.request({ kind: 'close' })
    for (const { closed } of viewers) expect((await closed).code).toBe(4001)
    await expect.poll(() => room.warnings.at(-1)).toBe('The class is over: its port is closed.')
    await expect(connectViewer(url)).rejects.toThrow('ECONNREFUSED')
    expect(room.updates.findLast((update) => update.kind === 'state')?.state.open).toBeNull()
    // The next one has another code and another port.
    const next = await room.open()
    expect(next).not.toBe(url)
    const late = await connectViewer(next)
    room.all.push(late)
    late.say({ kind: 'return', token: viewers[0]?.last('joined')?.token ?? '' })
    await expect.poll(() => late.last('refused')?.about).toBe('token')
  })

  it('is opened only at an address of this machine, and once', async () => {
    room.instructor.request({ kind: 'open', address: '192.0.2.1' })
    await expect.poll(() => room.updates.at(-1)).toMatchObject({ kind: 'refused' })
    room.instructor.request({
      kind: 'put',
      question: { kind: 'number', question: 'Yes?', unit: '' },
    })
    await expect
      .poll(() => room.updates.at(-1))
      .toEqual({ kind: 'refused', error: 'The lab is not open to a class.' })
    await room.open()
    room.instructor.request({ kind: 'open', address: '127.0.0.1' })
    await expect
      .poll(() => room.updates.at(-1))
      .toEqual({ kind: 'refused', error: 'The lab is open to a class already.' })
  })

  it('is opened to a network only if the person at this machine allows it', async () => {
    const updates: RoomUpdate[] = []
    const asked: unknown[] = []
    const rooms = createRooms({
      engine: room.engine,
      folder: room.folder,
      warn() {},
      addresses: () => [{ address: '127.0.0.1', name: 'wlan0', reach: 'network' }],
      askBeforeOpening: async (opening) => asked.push(opening) > 1,
    })
    const page = rooms.serve((update) => updates.push(update))
    page.request({ kind: 'open', address: '127.0.0.1' })
    await expect
      .poll(() => updates.at(-1))
      .toEqual({ kind: 'refused', error: 'The lab was not opened: you did not allow it.' })
    page.request({ kind: 'open', address: '127.0.0.1' })
    await expect.poll(() => asked).toEqual(Array(2).fill({ what: 'class', address: '127.0.0.1' }))
    await expect.poll(() => updates.at(-1)).toMatchObject({ state: { open: { viewers: 0 } } })
    page.stop()
    await rooms.close()
  })
})
