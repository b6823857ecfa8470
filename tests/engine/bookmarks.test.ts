// Bookmarks: a moment of the session gets a caption, now or later.
import { expect, it } from 'vitest'
import { inOrderOfTime } from '../../src/shared/bookmark'
import { MAX_BOOKMARKS } from '../../src/shared/limits'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab } from '../support/test-lab'

const classicLab = () => createTestLab({ scenario: CLASSIC_POOL })

it('names the present moment, and earlier ones in the order of their time', async () => {
  const { engine, rest } = await classicLab()
  rest()
  const { seq, at } = engine.state
  await engine.execute({ type: 'setBookmark', caption: ' All registered ' })
  await engine.execute({ type: 'sendAll' })
  rest()
  await engine.execute({ type: 'setBookmark', caption: 'The start', moment: { seq: 2, at: 0 } })
  expect(inOrderOfTime(engine.state.bookmarks)).toEqual([
    { id: 2, seq: 2, at: 0, caption: 'The start' },
    { id: 1, seq, at, caption: 'All registered' },
  ])
})

it('takes another caption, and goes with its removal', async () => {
  const { engine } = await classicLab()
  await engine.execute({ type: 'setBookmark', caption: 'One' })
  const [before] = engine.state.bookmarks.values()
  await engine.execute({ type: 'setBookmark', id: 1, caption: 'Two' })
  expect(engine.state.bookmarks.get(1)).toEqual({ ...before, caption: 'Two' })
  await engine.execute({ type: 'reset' })
  expect(engine.state.bookmarks.size).toBe(1)
  await engine.execute({ type: 'removeBookmark', id: 1 })
  expect(engine.state.bookmarks.size).toBe(0)
  expect(await engine.execute({ type: 'setBookmark', id: 1, caption: 'Three' })).toEqual({
    ok: false,
    error: 'The bookmark has been removed.',
  })
})

it('is refused for what has not happened, without a caption, and beyond the limit', async () => {
  const { engine } = await classicLab()
  const set = (fields: object) => engine.execute({ type: 'setBookmark', ...fields })
  const error = (words: string) => ({ ok: false, error: expect.stringContaining(words) })
  const moment = { seq: engine.state.seq + 1, at: 0 }
  expect(await set({ caption: 'Soon', moment })).toEqual(error('has not happened yet'))
  expect(await set({ caption: '  ' })).toEqual(error('needs a caption'))
  for (let index = 0; index < MAX_BOOKMARKS; index++) {
    expect(await set({ caption: String(index) })).toMatchObject({ ok: true })
  }
  expect(await set({ caption: 'One more' })).toEqual(error('remove some of them first'))
})

it('is set by an operator who looks back, and not by a viewer', async () => {
  const { engine } = await classicLab()
  const operator = engine.openScreen('operator')
  await operator.execute({ type: 'lookBack', pausesLab: false })
  const past = { type: 'setBookmark', caption: 'Then', moment: { seq: 1, at: 0 } }
  expect(await operator.execute(past)).toMatchObject({ ok: true })
  expect(await engine.openScreen('viewer').execute(past)).toMatchObject({ ok: false })
})
