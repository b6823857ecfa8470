import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gentleCurve } from '../links/path'
import { epochNow } from './clock-reading'
import { numbersOf } from './curves'
import type { Palette, ToWorker } from './messages'
import { lookOf } from './packet-table'

const BLACK = '#000000'
const PALETTE: Palette = {
  canvas: BLACK,
  accent: BLACK,
  packet0: BLACK,
  packet1: BLACK,
  packet2: BLACK,
  packetError: BLACK,
  policies: [],
}
const LINKS = Float64Array.from(numbersOf([gentleCurve({ x: 0, y: 0 }, { x: 400, y: 0 })]))
const LOOK = lookOf({ kind: 0, fromProxy: false, faint: false })
/** Slot, look, link, its leg (from 0 to 1,000 ms), and no convoy. */
const FLYING = Float64Array.of(0, LOOK, 0, 0, 0, 1_000, 0, 1)
const NONE = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 1)

let tell = (_message: ToWorker): void => {}
let asked: (() => void)[] = []

beforeEach(async () => {
  vi.useFakeTimers()
  asked = []
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => asked.push(draw))
  vi.stubGlobal(
    'addEventListener',
    (_type: 'message', take: (event: { data: ToWorker }) => void) => {
      tell = (data) => take({ data })
    },
  )
  vi.resetModules()
  await import('./worker')
  tell({ type: 'look', palette: PALETTE, reducedMotion: false })
  tell({ type: 'links', numbers: LINKS })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Draws the requested frames, at most `most`. Returns how many there were. */
function draw(most = 50): number {
  for (let frame = 0; frame < most; frame++) {
    const next = asked.shift()
    if (next === undefined) return frame
    vi.advanceTimersByTime(16)
    next()
  }
  return most
}

function clock(simMs: number, speed: number): void {
  tell({ type: 'clock', clock: { simMs, epochMs: epochNow(), speed } })
}

function packets(changes: Float64Array): void {
  tell({ type: 'packets', changes, all: true })
}

test('an empty picture is drawn once, though time runs', () => {
  clock(0, 1)
  packets(NONE)
  expect(draw()).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('frames are asked for while a packet flies, and no longer than until it is due', () => {
  clock(0, 1)
  packets(FLYING)
  expect(draw(20)).toBe(20)
  vi.advanceTimersByTime(1_000)
  expect(draw()).toBe(1)
})

test('a packet stands while time stands: one picture, and no frame after it', () => {
  clock(500, 0)
  packets(FLYING)
  expect(draw()).toBe(1)
  clock(500, 1)
  expect(draw(5)).toBe(5)
})

test('a glow fades, and then there is rest', () => {
  clock(0, 1)
  tell({ type: 'pulses', pulses: Uint32Array.of(0, 3) })
  const frames = draw()
  expect(frames).toBeGreaterThan(5)
  expect(frames).toBeLessThan(50)
  expect(asked).toEqual([])
})

test('with reduced motion a packet that flies asks for a picture now and then, and for none once it has come', () => {
  tell({ type: 'look', palette: PALETTE, reducedMotion: true })
  clock(0, 1)
  packets(FLYING)
  expect(draw()).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(draw()).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

/** A canvas whose pictures are counted. */
function countedCanvas() {
  let pictures = 0
  const canvas: object = { width: 400, height: 100, getContext: () => context }
  const context: object = new Proxy(
    { canvas, clearRect: () => pictures++ },
    { get: (known, name) => Reflect.get(known, name) ?? (() => {}), set: () => true },
  )
  return { canvas: canvas as OffscreenCanvas, count: () => pictures }
}

test.each([
  [20, 20],
  [1_000, 40],
])('packets that fly for %d ms have %d pictures in 40 frames', (flightMs, pictures) => {
  vi.stubGlobal('postMessage', () => {})
  const { canvas, count } = countedCanvas()
  tell({ type: 'surfaces', canvases: [canvas, canvas] })
  const region = { x: 0, y: 0, zoom: 1, pixelRatio: 1, width: 400, height: 100 }
  tell({ type: 'show', surface: 0, region })
  clock(0, 1)
  draw(2)
  const before = count()
  for (let frame = 2; frame < 42; frame++) {
    const now = frame * 16
    packets(Float64Array.of(0, LOOK, 0, now, 0, now + flightMs, 0, 1))
    draw(1)
  }
  expect(Math.abs(count() - before - pictures)).toBeLessThanOrEqual(2)
})
