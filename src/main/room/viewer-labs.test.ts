import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { LAB_CONNECTIONS_OF_VIEWER, MAX_LABS_OF_VIEWER, MAX_ROOM_LABS } from '../../shared/limits'
import { ViewerLabs } from './viewer-labs'
import { type Viewer, Viewers } from './viewers'

function fakeScreen() {
  const screen = Object.assign(new EventEmitter(), {
    reason: '',
    close(_code: number, reason: string) {
      screen.reason = reason
    },
  })
  return screen
}

const viewers = new Viewers()
const [ana, ben] = [viewers.add('Ana') as Viewer, viewers.add('Ben') as Viewer]

it('closes a viewer’s own oldest whole lab for another one', () => {
  const labs = new ViewerLabs(() => 0)
  const add = (viewer: typeof ana) => {
    const screen = fakeScreen()
    labs.add(viewer, screen as unknown as WebSocket)
    return screen
  }
  const bens = add(ben)
  const all = Array.from({ length: MAX_LABS_OF_VIEWER + 1 }, () => add(ana))
  expect(all.map(({ reason }) => reason !== '')).toEqual([true, false, false])
  // One that has gone makes room.
  all[1]?.emit('close')
  add(ana)
  expect(all[2]?.reason).toBe('')
  expect(bens.reason).toBe('')
})

it('refuses a viewer who opens it too often, and nobody else', () => {
  let now = 0
  const labs = new ViewerLabs(() => now)
  for (let count = 0; count < LAB_CONNECTIONS_OF_VIEWER.burst; count++) {
    expect(labs.refusal(ana, 0)).toBeUndefined()
  }
  expect(labs.refusal(ana, 0)).toBe('It opens the whole lab too often.')
  expect(labs.refusal(ben, 0)).toBeUndefined()
  now += 2_000
  expect(labs.refusal(ana, 0)).toBeUndefined()
})

it('refuses everybody when enough are open', () => {
  expect(new ViewerLabs(() => 0).refusal(ana, MAX_ROOM_LABS)).toContain('are open')
})
