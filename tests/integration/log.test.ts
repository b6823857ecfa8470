// Message contents stay out of the log, whoever sends them and however wrong they are. The test
// puts a marker as payload into every command and into streams of outside programs, and looks for
// it in the file. With logging of contents switched on, the marker is there.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { createLog, type Log, logMessageContents } from '../../src/main/log'
import { parseClientMessage } from '../../src/main/web/messages'
import { MAX_MESSAGE_BYTES } from '../../src/shared/limits'
import { wellFormedCommands } from '../support/well-formed'
import { collect, nextEvent, until } from './lab'
import { question, registration, startProgram, startServer } from './program'

const MARKER = 'Q7marker'
const MARKED_NUMBER = 73_577_353
const BASE64 = Buffer.from(MARKER).toString('base64')
const MARKS = [MARKER, String(MARKED_NUMBER), BASE64.slice(0, 8)]

let folder: string
let log: Log
/** Everything passed to the log, written or left out. */
let told: string[]
let engine: Engine
let stops: (() => Promise<void>)[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-log-'))
  log = createLog({ folder, console: () => {} })
  told = []
  engine = await createEngine({ proxyPort: 0, latencyMs: 0, warn })
  stops = []
})

afterEach(async () => {
  for (const stop of stops) await stop()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

function warn(text: string): void {
  told.push(text)
  log.warn(text)
}

const written = () => readFileSync(log.path, 'utf8')

function expectNoMark(): void {
  for (const text of [written(), ...told]) {
    for (const mark of MARKS) expect(text).not.toContain(mark)
  }
}

const COMMANDS = wellFormedCommands(MARKER)

/** Fields that identify programs: they are no payload, and the log may contain them. */
const NAMES = new Set(['id', 'policy', 'node', 'client', 'server'])

/** A number is that of a packet, a port or a time, and no text of a message. */
const NUMBERS = new Set(['packet', 'exchange', 'port', 'count', 'speed', 'latencyMs'])

/** The marker as a faulty caller may send it. */
const marked = fc.constantFrom<unknown>(
  MARKER,
  `"${MARKER}"`,
  `type:${MARKER}`,
  `${MARKER}:1`,
  `(${MARKER}`,
  `${MARKER}\n${MARKER}`,
  MARKER.repeat(20_000),
  MARKED_NUMBER,
  -MARKED_NUMBER / 7,
  [MARKER],
  { text: MARKER },
  new Map([[MARKER, MARKER]]),
  Buffer.from(MARKER),
)

const wrongCommands = fc.constantFrom(...Object.values(COMMANDS)).chain((command) => {
  const fields = Object.keys(command).filter((field) => !NAMES.has(field))
  return fc
    .record({ field: fc.constantFrom(...fields, 'unknown'), value: marked })
    .filter(({ field, value }) => typeof value !== 'number' || !NUMBERS.has(field))
    .map(({ field, value }) => ({ ...command, [field]: value }))
})

describe('the log', () => {
  it('has no payload of a command, whether it is carried out or not', async () => {
    for (const command of Object.values(COMMANDS)) await engine.execute(command)
    await engine.execute({ type: 'sendMessage', client: 'client:1', payload: MARKER })
    await fc.assert(
      fc.asyncProperty(wrongCommands, async (command) => {
        await engine.execute(command)
      }),
      { numRuns: 300 },
    )
    for (const wrong of [
      { clients: [{ id: '1', policy: '1', payload: [MARKER] }] },
      { clients: MARKER },
      { breakpoints: [{ filter: `type:${MARKER}` }] },
    ]) {
      const scenario = { name: 'Wrong', servers: [], clients: [], ...wrong }
      await engine.execute({ type: 'openScenario', scenario })
    }
    for (const filter of [`type:${MARKER}`, `${MARKER}:1`, `(${MARKER}`, `"${MARKER}`]) {
      await engine.execute({ type: 'setBreakpoint', filter })
    }
    for (const bytes of [MARKER, `${MARKER} ${MARKER}`, BASE64.slice(1)]) {
      await engine.execute({ type: 'edit', packet: 1, bytes })
    }
    for (const nothing of [MARKER, [MARKER], MARKED_NUMBER, { type: MARKER }, null]) {
      await engine.execute(nothing)
    }
    log.end('Ended.')
    expect(written()).toContain('A command was refused: ')
    expect(told.length).toBeGreaterThan(100)
    expectNoMark()
  })

  it("has none of a browser window's messages", () => {
    fc.assert(
      fc.property(
        fc.constantFrom('command', 'subscribe', 'acknowledge', 'discardSession', MARKER),
        fc.constantFrom('id', 'frame', 'looking', 'problem', 'kind', 'command', 'more'),
        marked,
        (kind, field, value) => {
          const text = JSON.stringify({ kind, [field]: value })
          for (const given of [text, text.slice(1), `${MARKER}${text}`]) {
            const parsed = parseClientMessage(given)
            if (!parsed.ok) warn(`A browser window's message was refused: ${parsed.error}`)
          }
        },
      ),
    )
    log.end('Ended.')
    expect(written()).toContain("A browser window's message was refused: ")
    expectNoMark()
  })

  it('has none of what outside programs send', async () => {
    await exchangeWithPrograms()
    log.end('Ended.')
    expect(written()).not.toBe('')
    expectNoMark()
  })

  it('has what messages say once that is switched on, and no longer than that', async () => {
    const contents = logMessageContents(engine, log)
    contents.set(true)
    await exchangeWithPrograms()
    const sent = nextEvent(engine, 'answer.verified', ({ node }) => node === 'client:1')
    await engine.execute({ type: 'sendMessage', client: 'client:1', payload: `${MARKER} asked` })
    await sent
    contents.set(false)
    const lines = written().split(/\r?\n/)
    const withMark = lines.filter((line) => line.includes(MARKER))
    expect(withMark.every((line) => / content Packet \d+ (in|out), /.test(line))).toBe(true)
    expect(withMark).toContainEqual(
      expect.stringMatching(/Packet \d+ in, type 0, client:1 → proxy: \{.*Q7marker asked/),
    )
    expect(withMark).toContainEqual(
      expect.stringMatching(/Packet \d+ out, type 0, proxy → server:\d+: \{.*Q7marker asked/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/out, type 2, proxy → client:1: /))
    expect(lines).toContainEqual(expect.stringMatching(/in, error, outside:.* → proxy: Q7marker/))
    expect(lines).toContainEqual(expect.stringMatching(/… \(\d{4} bytes in all\)$/))
    expect(lines.at(-2)).toContain('Message contents: switched off.')
    const before = written()
    const again = nextEvent(engine, 'answer.verified', ({ node }) => node === 'client:1')
    await engine.execute({ type: 'sendMessage', client: 'client:1', payload: MARKER })
    await again
    expect(written()).toBe(before)
  })

  it('has the contents of a message that was under way when that was switched on', async () => {
    await engine.execute({ type: 'setBreakpoint', filter: 'type:0', once: true })
    const held = nextEvent(engine, 'packet.held')
    await engine.execute({ type: 'sendMessage', client: 'client:1', payload: 'before' })
    const { packet } = await held
    const contents = logMessageContents(engine, log)
    contents.set(true)
    const answered = nextEvent(engine, 'answer.verified')
    const bytes = Buffer.from(question(1, '111', 'edited'))
    await engine.execute({ type: 'edit', packet, bytes: bytes.toString('base64') })
    await engine.execute({ type: 'release', packet })
    await answered
    expect(written()).toMatch(/in, type 0, client:1 → proxy: \{.*"edited"/)
    expect(written()).not.toContain('before')
  })
})

/**
 * A server that answers with garbage, and clients that send good messages and all kinds of bad
 * ones.
 */
async function exchangeWithPrograms(): Promise<void> {
  const rubbish = [MARKER, `{"type":2,"payload":{"${MARKER}":1}}`, `{"${MARKER}`, '']
  const { port, stop } = await startServer((socket) => {
    socket.once('data', () => socket.end(rubbish.shift() ?? MARKER))
  })
  stops.push(stop)
  startProgram(engine.proxy.port).socket.end(registration('800', '888', port))
  await until(engine, () => engine.state.rows.has('800'))
  const streams = [
    question(50, '888', MARKER),
    question(50, '888', MARKER),
    question(50, '888', MARKER),
    question(50, '111', MARKER),
    question(50, 'nobody', MARKER),
    MARKER,
    `{"${MARKER}"`,
    `{"type":0,"srcid":1,"privPoliId":"111","payload":{"${MARKER}":"${MARKER}"}}`,
    `{"type":0,"srcid":["${MARKER}"],"privPoliId":"111","payload":"${MARKER}"}`,
    `{"type":"${MARKER}","srcid":1,"privPoliId":"111","payload":"${MARKER}"}`,
    `{"type":0,"srcid":1,"privPoliId":"111","payloadsize":"${MARKER}","payload":"${MARKER}"}`,
    `{"type":0,"srcid":1,"privPoliId":"111","payloadsize":${MARKED_NUMBER},"payload":"${MARKER}"}`,
    `["${MARKER}"]`,
    question(50, '111', MARKER.repeat(MAX_MESSAGE_BYTES / MARKER.length)),
    `${'['.repeat(2_000)}${MARKER}`,
  ]
  const finished = collect(engine, 'exchange.finished')
  for (const stream of streams) {
    const program = startProgram(engine.proxy.port)
    program.socket.end(stream)
    await program.over()
    program.socket.destroy()
  }
  expect(finished.length).toBeGreaterThan(0)
}
