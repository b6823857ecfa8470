// A class for tests: a whole engine, a room, an instructor, and the viewers who enter. The clock of the limits is stopped.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/engine/index'
import { createRooms } from '../../src/main/room/index'
import type { OpenRoom, RoomScreen, RoomUpdate } from '../../src/shared/room/room-line'
import { joinViewer, type TestViewer } from './room-viewer'

export interface TestRoom {
  readonly engine: Engine
  /** The folder of the built pages. */
  readonly folder: string
  readonly instructor: RoomScreen
  readonly updates: RoomUpdate[]
  readonly warnings: string[]
  /** The viewers; those who came in by `enter` are among them. */
  readonly all: TestViewer[]
  /** The class as the instructor sees it. */
  opened(): OpenRoom
  /** Opens the class; returns its address with the code. */
  open(): Promise<string>
  enter(url: string, name?: string): Promise<TestViewer>
  /** What would be lost if Roundabout ended now. */
  atStake(): string
  /** Moves the clock of the limits on. */
  pass(ms: number): void
  close(): Promise<void>
}

/** `address`: that of the class; by default 127.0.0.1. */
export async function startTestRoom(
  address = '127.0.0.1',
  options: EngineOptions = {},
): Promise<TestRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-room-'))
  await writeFile(join(folder, 'index.html'), '<title>The whole lab</title>')
  await writeFile(join(folder, 'room.html'), '<title>The class</title>')
  const engine = await createEngine({ proxyPort: 0, latencyMs: 0, ...options })
  const updates: RoomUpdate[] = []
  const warnings: string[] = []
  const all: TestViewer[] = []
  let now = 0
  const warn = (text: string) => warnings.push(text)
  const rooms = createRooms({
    engine,
    folder,
    warn,
    now: () => now,
    addresses: () => [{ address, name: 'test', reach: 'network' }],
  })
  const instructor = rooms.serve((update) => updates.push(update))

  function opened(): OpenRoom {
    const state = updates.findLast((update) => update.kind === 'state')?.state.open
    if (state == null) throw new Error('The class is not open.')
    return state
  }

  return {
    engine,
    folder,
    instructor,
    updates,
    warnings,
    all,
    opened,
    async open() {
      instructor.request({ kind: 'open', address })
      await expect.poll(() => opened().url).toMatch(/^http:\/\/127\.0\.0\.\d:\d+\/#[A-Z0-9]{6}$/)
      return opened().url
    },
    async enter(url, name) {
      const viewer = await joinViewer(url, name)
      all.push(viewer)
      return viewer
    },
    atStake: rooms.atStake,
    pass(ms) {
      now += ms
    },
    async close() {
      for (const { socket } of all) socket.terminate()
      instructor.stop()
      await rooms.close()
      await engine.close()
      await rm(folder, { recursive: true })
    },
  }
}
