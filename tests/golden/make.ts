// Writes golden files of the format of the day: `node tests/golden/make.mjs NAME [LESSON…]`. They go into a new folder and are
// never written again: what they are for is to be older than the code that opens them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import type { Command } from '../../src/shared/commands'
import type { RecordingPart } from '../../src/shared/contract'
import type { LabEvent } from '../../src/shared/events'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { RecordingReader } from '../../src/shared/recording/reader'
import { encodeEnd } from '../../src/shared/recording/writer'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { reduce } from '../../src/shared/state/reduce'
import type { State } from '../../src/shared/state/state'
import { recordingOf } from '../support/recorded-stories'
import { createTestLab, type TestLab } from '../support/test-lab'
import { plainState } from './plain-state'

/** Moments of which the states are written down, beside the last one. */
const MOMENTS = 2

type Lesson = (lab: TestLab, does: (command: Command) => Promise<void>) => Promise<void> | void

/** A round of messages, with time paused, slowed down and stepped through. */
const classicPool: Lesson = async (lab, does) => {
  lab.rest()
  await does({ type: 'sendAll' })
  lab.pass(700)
  await does({ type: 'pause' })
  await does({ type: 'step' })
  await does({ type: 'setSpeed', speed: 0.5 })
  await does({ type: 'updateServer', node: 'server:300', keepConnection: true })
  await does({ type: 'addClient', id: '7', policy: '333', payload: 'nobody serves this: ä ✓ \n' })
  await does({ type: 'resume' })
  lab.rest()
  await does({ type: 'sendMessage', client: 'client:7' })
  await does({ type: 'removeNode', node: 'server:200' })
  await does({ type: 'updateLinks', latencyMs: 250 })
  await does({ type: 'sendMessage', client: 'client:3', count: 2 })
  lab.rest()
}

/** Breakpoints that hold, hold once or are switched off; packets edited, dropped, sent twice. */
const holdsAndEdits: Lesson = async (lab, does) => {
  const held = () => [...lab.engine.state.inFlight.values()].filter((packet) => packet.held)
  lab.rest()
  await does({ type: 'setBreakpoint', filter: 'type:0 to:proxy', once: true })
  await does({ type: 'setBreakpoint', filter: 'type:2 from:server:100' })
  await does({ type: 'setBreakpoint', filter: 'error', enabled: false })
  await does({ type: 'sendMessage', client: 'client:1', count: 3 })
  lab.pass(900)
  const first = held()[0]?.id ?? 0
  const bytes = Buffer.from(composeClientMessage('1', '111', 'edited')).toString('base64')
  await does({ type: 'edit', packet: first, bytes })
  await does({ type: 'sendTwice', packet: first })
  lab.pass(2_000)
  const answer = held()[0]?.id ?? 0
  await does({ type: 'edit', packet: answer, bytes: Buffer.from('no JSON').toString('base64') })
  await does({ type: 'release', packet: answer })
  lab.pass(2_000)
  await does({ type: 'setBreakpoint', filter: 'type:0 from:proxy', once: true })
  await does({ type: 'sendMessage', client: 'client:3' })
  lab.pass(2_000)
  for (const { id } of held()) await does({ type: 'drop', packet: id })
  await does({ type: 'setBreakpoint', id: 2, filter: 'type:2 from:server:100', enabled: false })
  await does({ type: 'removeBreakpoint', id: 3 })
  await does({ type: 'releaseAll' })
  lab.rest()
  await does({ type: 'sendMessage', client: 'client:2', count: 2 })
  lab.pass(400)
}

/** A server from outside, 700, gives client 50 this answer to whatever it reads. */
async function answerWith(lab: TestLab, port: number, payload: string): Promise<void> {
  await lab.network.listen({
    host: '127.0.0.1',
    port,
    accept: (connection) =>
      connection.setHandlers({
        data() {
          connection.write(composeAnswer('700', '50', payload))
          connection.end()
        },
        ended() {},
        closed() {},
      }),
  })
}

/** A server and clients from outside, bytes that are no message, an answer with an error, a reset. */
const outsidePrograms: Lesson = async (lab, does) => {
  lab.rest()
  const port = 23_456
  await answerWith(lab, port, 'no hash at all')
  const server = lab.program()
  server.send(composeRegistration('700', '777', port))
  lab.rest()
  const client = lab.program()
  const message = composeClientMessage('50', '777', 'hello')
  client.send(message.subarray(0, 20))
  lab.pass(3)
  client.send(message.subarray(20), composeClientMessage('50', '999', 'nobody'))
  lab.rest()
  lab.program().send('no message at all')
  lab.rest()
  await does({ type: 'sendMessage', client: 'client:1', policy: '777' })
  lab.rest()
  client.connection.destroy()
  lab.rest()
  await does({ type: 'reset' })
  lab.rest()
  await does({ type: 'sendMessage', client: 'client:5' })
  lab.pass(900)
}

/** Outside programs on links that hold nothing, until time is paused, a packet is held, and there is a latency. */
const atOnce: Lesson = async (lab, does) => {
  lab.rest()
  await does({ type: 'updateLinks', latencyMs: 0 })
  const port = 23_456
  await answerWith(lab, port, hashOf('hello'))
  lab.program().send(composeRegistration('700', '777', port))
  lab.rest()
  const client = lab.program()
  const message = composeClientMessage('50', '777', 'hello')
  client.send(message)
  lab.rest()
  client.send(message, message, composeClientMessage('50', '999', 'nobody'))
  lab.rest()
  client.send(message.subarray(0, 20))
  lab.pass(3)
  client.send(message.subarray(20))
  lab.rest()
  await does({ type: 'pause' })
  client.send(message)
  lab.settle()
  await does({ type: 'resume' })
  lab.rest()
  await does({ type: 'setBreakpoint', filter: 'type:2 from:server:700', once: true })
  client.send(message)
  lab.pass(100)
  await does({ type: 'releaseAll' })
  lab.rest()
  await does({ type: 'updateLinks', latencyMs: 250 })
  client.send(message)
  lab.pass(300)
}

const LESSONS: Readonly<Record<string, Lesson>> = {
  'classic-pool': classicPool,
  'holds-and-edits': holdsAndEdits,
  'outside-programs': outsidePrograms,
  'at-once': atOnce,
}

const into = process.env.GOLDEN_FOLDER ?? ''
/** Names of lessons, separated by spaces; by default all of them. */
const wanted = process.env.GOLDEN_LESSONS ?? ''
mkdirSync(into)

for (const [name, lesson] of Object.entries(LESSONS)) {
  if (wanted !== '' && !wanted.split(' ').includes(name)) continue
  const lab = await createTestLab({ scenario: CLASSIC_POOL, latencyMs: 600, version: '0.1.0' })
  const begun = lab.engine.state
  const frames: Uint8Array[] = []
  const feed = lab.engine.openScreen('operator').openFeed((frame) => {
    frames.push(frame.slice())
    feed.acknowledge(frames.length)
  })
  await framesSent(frames, 1)
  await lesson(lab, does(lab))
  await framesSent(frames, 2)
  const session = await readAll((from) => lab.engine.readRecording('session', from))
  await write(`${name}.roundabout`, Buffer.concat([session, encodeEnd()]))
  if (name === 'holds-and-edits') {
    await write(`${name}.from-the-middle.roundabout`, await fromTheMiddle(lab.events, begun))
    frames.forEach((frame, index) => {
      writeFileSync(join(into, `${name}.frame-${index + 1}`), frame)
    })
    const state = JSON.stringify(plainState(lab.engine.state))
    writeFileSync(join(into, `${name}.screen.json`), `${state}\n`)
  }
  await lab.engine.close()
}
if (wanted === '') await crashed()

async function write(name: string, recording: Uint8Array): Promise<void> {
  writeFileSync(join(into, name), recording)
  writeFileSync(join(into, `${name}.states.json`), await statesOf(recording))
}

/** A recording whose oldest part was forgotten: it begins with a state in which packets are held, and one is edited. */
async function fromTheMiddle(events: readonly LabEvent[], begun: State): Promise<Uint8Array> {
  const edited = events.findLastIndex(({ type }) => type === 'packet.edited') + 1
  const start = reduce(begun, events.slice(0, edited))
  return recordingOf(events.slice(edited), { sizes: [40, 25], keyframeEvery: 2 }, start)
}

/** The file of a session that ends without an end: as it lies on disk, and cut in the middle of a block. */
async function crashed(): Promise<void> {
  const recordingsFolder = mkdtempSync(join(tmpdir(), 'golden-'))
  const lab = await createTestLab({
    scenario: CLASSIC_POOL,
    latencyMs: 600,
    version: '0.1.0',
    recordingsFolder,
  })
  const onDisk = () => {
    const [name] = readdirSync(recordingsFolder)
    return name === undefined ? new Uint8Array(0) : readFileSync(join(recordingsFolder, name))
  }
  for (let part = 0; part < 3; part++) {
    const before = onDisk().length
    await does(lab)({ type: 'sendAll' })
    lab.pass(1_500)
    while (onDisk().length === before) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const whole = onDisk()
  await write('crashed.part', whole)
  await write('crashed-in-a-block.part', whole.subarray(0, whole.length - 400))
  await lab.engine.close()
  rmSync(recordingsFolder, { recursive: true })
}

function does(lab: TestLab): (command: Command) => Promise<void> {
  return async (command) => {
    const result = await lab.engine.execute(command)
    if (!result.ok) throw new Error(`${command.type}: ${result.error}`)
  }
}

async function framesSent(frames: readonly unknown[], count: number): Promise<void> {
  while (frames.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function readAll(read: (from: number) => Promise<RecordingPart>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let at = 0; ; ) {
    const { bytes, end } = await read(at)
    parts.push(bytes)
    at += bytes.length
    if (at === end) return Buffer.concat(parts)
  }
}

/** What the reader of the day shows at several moments. */
async function statesOf(bytes: Uint8Array): Promise<string> {
  const reader = new RecordingReader()
  const extent = await reader.append(bytes)
  const { firstSeq, lastSeq } = extent
  const seqs = Array.from({ length: MOMENTS + 1 }, (_, index) =>
    Math.round(firstSeq + ((lastSeq - firstSeq) * (index + 1)) / (MOMENTS + 1)),
  )
  const states = await Promise.all(
    seqs.map(async (seq) => [seq, plainState(await reader.seek({ seq }))]),
  )
  return `${JSON.stringify({ extent, states })}\n`
}
