import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { beforeEach, expect, it, vi } from 'vitest'
import { CHANNELS, type Problem } from '../../shared/contract'
import { createProblemDisplay } from './problem-display'

class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = []
  destroyed = false
  isDestroyed = () => this.destroyed
  send = (...args: unknown[]) => this.sent.push(args)
}

const ONE: Problem = { message: 'one', details: '' }
const OTHER: Problem = { message: 'other', details: '' }

let contents: FakeContents
let boxes: { problem: Problem; close(): void }[]
let show: (problem: Problem) => void

beforeEach(() => {
  contents = new FakeContents()
  boxes = []
  show = createProblemDisplay({
    contents: contents as unknown as WebContents,
    openDialog: (problem) => new Promise((close) => boxes.push({ problem, close })),
  })
})

it('is shown in the page', () => {
  contents.emit('did-finish-load')
  show(ONE)
  expect(contents.sent).toEqual([[CHANNELS.problem, ONE]])
  expect(boxes).toEqual([])
})

it('is shown in a box of the system before there is a page, one at a time', async () => {
  show(ONE)
  show(OTHER)
  expect(boxes.map(({ problem }) => problem)).toEqual([ONE])
  boxes[0]?.close()
  await vi.waitFor(() => {
    show(OTHER)
    expect(boxes.map(({ problem }) => problem)).toEqual([ONE, OTHER])
  })
  expect(contents.sent).toEqual([])
})

it.each(['did-start-loading', 'render-process-gone'])(
  'is not lost on a page that has %s',
  (event) => {
    contents.emit('did-finish-load')
    contents.emit(event)
    show(ONE)
    expect(boxes).toHaveLength(1)
  },
)

it('keeps nobody who is on the way out', () => {
  contents.destroyed = true
  show(ONE)
  expect({ boxes, sent: contents.sent }).toEqual({ boxes: [], sent: [] })
})
