// A class of two hundred at the web host, over real WebSockets: each viewer follows the lab by the frames that it gets, and
// ends with the engine's own counts.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { startWebHost, type WebHost } from '../../src/main/headless/web-host'
import { VIEWER_ADDRESS_PATH } from '../../src/shared/contract'
import { FrameReader } from '../../src/shared/feed/frame'
import { MAX_VIEWERS } from '../../src/shared/limits'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import type { State } from '../../src/shared/state/state'
import { until } from './lab'

const CLASS = 200
const ROUNDS = 5

let folder: string
let engine: Engine
let host: WebHost
/** The viewers' address, with the token. */
let page: URL
let viewers: Viewer[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-class-'))
  await writeFile(join(folder, 'index.html'), '<title>The app</title>')
  engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
  await until(engine, () => engine.state.rows.size === 4)
  host = await startWebHost({ engine, folder, port: 0, warn: () => {} })
  const { origin, search } = new URL(host.url)
  const address = await fetch(`${origin}${VIEWER_ADDRESS_PATH}${search}`)
  page = new URL((await address.text()).trim())
  viewers = []
})

afterEach(async () => {
  for (const { socket } of viewers) socket.terminate()
  await host.close()
  await engine.close()
  await rm(folder, { recursive: true })
})

/** A window that only watches. It acknowledges each frame after it has reduced it, as the page does. */
class Viewer {
  state: State = INITIAL_STATE
  readonly socket: WebSocket
  private readonly frames = new FrameReader()
  private wake = () => {}

  constructor() {
    const { host: address, origin, search } = page
    this.socket = new WebSocket(`ws://${address}/ws${search}`, { origin })
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.take(new Uint8Array(data))
    })
    viewers.push(this)
  }

  async open(): Promise<void> {
    await once(this.socket, 'open')
    this.socket.send('{"kind":"subscribe"}')
  }

  /** Resolves once its state has this event. */
  async reached(seq: number): Promise<void> {
    while (this.state.seq < seq) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  private take(bytes: Uint8Array): void {
    const frame = this.frames.read(bytes)
    this.state = frame.kind === 'snapshot' ? frame.state : reduce(this.state, frame.events)
    this.socket.send(JSON.stringify({ kind: 'acknowledge', frame: frame.number }))
    this.wake()
  }
}

it('two hundred viewers come to the same counts as the engine, and more are refused in words', async () => {
  await Promise.all(Array.from({ length: CLASS }, () => new Viewer().open()))
  for (let round = 1; round <= ROUNDS; round++) {
    await engine.execute({ type: 'sendAll' })
    await until(engine, () => engine.state.totals.exchanges.answered === 6 * round)
  }
  // Connections to servers close after the last answer.
  await until(engine, () => engine.state.connections.size === 6)
  const { seq, totals, nodes, rows } = engine.state
  await Promise.all(viewers.map((viewer) => viewer.reached(seq)))
  expect(totals.verdicts).toEqual({ correct: 6 * ROUNDS, wrong: 0, error: 0 })
  for (const { state } of viewers) {
    expect(state.seq).toBe(seq)
    expect(state.totals).toEqual(totals)
    expect([state.nodes.size, state.rows.size]).toEqual([nodes.size, rows.size])
  }

  const more = Array.from({ length: MAX_VIEWERS - CLASS }, () => new Viewer().open())
  await Promise.all(more)
  await expect(new Viewer().open()).rejects.toThrow('503')
  const refused = await fetch(page)
  expect(refused.status).toBe(503)
  expect(await refused.text()).toContain(`viewers can have ${MAX_VIEWERS}`)
})
