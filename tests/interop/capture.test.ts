// Captures as Wireshark's tshark reads them: compares its output with the events that they were made from.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { PcapngWriter } from '../../src/shared/capture/pcapng'
import type { EventBody } from '../../src/shared/events'
import type { State } from '../../src/shared/state/state'
import { nextEvent, until } from '../integration/lab'
import { question, registration, sha1, startProgram, startServer } from '../integration/program'
import { messagesOf, type Timed } from './captured-messages'

const { TSHARK_PATH = '' } = process.env
if (!TSHARK_PATH) console.warn('TSHARK_PATH names no tshark: the tests with it are skipped.')

const run = promisify(execFile)

interface Segment {
  stream: number
  /** `address:port>address:port`. */
  way: string
  microseconds: number
  /** Hex. */
  payload: string
  comment: string
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-capture-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe.skipIf(!TSHARK_PATH)('tshark', () => {
  it('sees every message of a real session, with its connection, bytes and time', async () => {
    const engine = await createEngine({ proxyPort: 0, latencyMs: 5 })
    const start = engine.state
    const events = listen(engine)
    try {
      await work(engine)
    } finally {
      await engine.close()
    }
    const segments = await open(await save(events, start))

    const told = messagesOf(events, start)
    expect(told.length).toBeGreaterThan(30)
    expect(told.filter(({ pieces }) => pieces > 1)).not.toEqual([])
    expect(byWay(segments)).toEqual(byWay(told))
    for (const { packet, microseconds, pieces, readBefore } of told) {
      const own = segments.filter(({ comment }) => comment.startsWith(`packet ${packet}: `))
      const last = own.at(-1)?.microseconds ?? 0
      // The event follows when the last piece has been read and scanned.
      expect(last).toBeGreaterThanOrEqual(microseconds - readBefore - 1)
      expect(last).toBeLessThanOrEqual(microseconds + 1)
      if (pieces > 1) expect(own.length).toBeGreaterThanOrEqual(pieces)
    }
    expect(told.filter(({ readBefore }) => readBefore === 0).length).toBeGreaterThan(20)
    // A TCP stream is a connection.
    const connections = new Set(told.map(({ connection }) => connection))
    expect(new Set(segments.map(({ stream }) => stream)).size).toBe(connections.size)
  })

  it('sees held, edited, dropped and twice sent packets as they crossed, over IPv6 too', async () => {
    const bodies: EventBody[] = [
      opened(1, 'client:1', 'proxy', '127.0.0.1'),
      opened(2, 'proxy', 'server:100', '::1'),
      opened(3, 'outside:client:7', 'proxy', '2001:db8::7'),
      sent(1, 'client:1', 'proxy', 1, '{"type":0}'),
      { type: 'packet.held', packet: 1, breakpoint: 1, behind: null, progress: 0.5 },
      { type: 'packet.edited', packet: 1, kind: 0, bytes: Buffer.from('{"type":0,"new":"ü"}') },
      { type: 'packet.released', packet: 1, dueAt: 9 },
      { type: 'packet.delivered', packet: 1 },
      sent(2, 'proxy', 'server:100', 2, '{"type":0,"n":1}'),
      sent(3, 'proxy', 'server:100', 2, '{"type":0,"n":2}'),
      sent(4, 'proxy', 'server:100', 2, '{"type":0,"n":2}'),
      { type: 'packet.dropped', packet: 2, reason: 'DROPPED_BY_HAND' },
      { type: 'packet.delivered', packet: 3 },
      { type: 'packet.delivered', packet: 4 },
      sent(5, 'server:100', 'proxy', 2, 'x'.repeat(200_001)),
      { type: 'packet.harmed', packet: 5, harms: [{ fault: 'loss', ms: 200, count: 1 }] },
      { type: 'packet.delivered', packet: 5 },
      sent(6, 'outside:client:7', 'proxy', 3, '{"type":0,"slow":true}'),
      {
        type: 'packet.read',
        packet: 6,
        pieces: [
          { bytes: 2, of: 2, at: 12 },
          { bytes: 20, of: 60, at: 16 },
        ],
      },
      { type: 'connection.closed', connection: 1, node: 'client:1' },
      { type: 'connection.closed', connection: 2, node: 'proxy' },
    ]
    const events = bodies.map(
      (body, index): Timed => [{ seq: index + 1, at: index, ...body }, 1_795_500_000_000 + index],
    )
    const segments = await open(await save(events))
    const lines = segments.map(({ way, payload, comment }) => {
      const text = Buffer.from(payload, 'hex').toString()
      return `${way} ${text.length > 40 ? text.length : text} (${comment})`
    })
    expect(lines).toEqual([
      '127.0.0.1:40001>127.0.0.1:50001 {"type":0,"new":"ü"} (packet 1: message of client 1 to the proxy, as edited on its way)',
      '::1:40002>::1:50002 {"type":0,"n":2} (packet 3: message of the proxy to server 100)',
      '::1:40002>::1:50002 {"type":0,"n":2} (packet 4: message of the proxy to server 100)',
      '::1:50002>::1:40002 65495 (packet 5: message of server 100 to the proxy, segment 1 of 4. Lost once on its link: TCP sends it again, 200 ms later, and everything behind it waits.)',
      '::1:50002>::1:40002 65495 (packet 5: message of server 100 to the proxy, segment 2 of 4. Lost once on its link: TCP sends it again, 200 ms later, and everything behind it waits.)',
      '::1:50002>::1:40002 65495 (packet 5: message of server 100 to the proxy, segment 3 of 4. Lost once on its link: TCP sends it again, 200 ms later, and everything behind it waits.)',
      '::1:50002>::1:40002 3516 (packet 5: message of server 100 to the proxy, segment 4 of 4. Lost once on its link: TCP sends it again, 200 ms later, and everything behind it waits.)',
      '2001:db8::7:40003>2001:db8::7:50003 {" (packet 6: message of outside client 7 to the proxy, piece 1 of 2)',
      '2001:db8::7:40003>2001:db8::7:50003 type":0,"slow":true} (packet 6: message of outside client 7 to the proxy, piece 2 of 2, read together with 40 bytes of others)',
    ])
  })
})

/**
 * Inside clients and servers, held packets, outside programs, several messages in a read, several
 * reads for a message, and errors.
 */
async function work(engine: Engine): Promise<void> {
  const finished = (count: number) =>
    until(engine, () => engine.state.totals.exchanges.answered >= count)
  await engine.execute({ type: 'sendAll' })
  await finished(6)

  const edited = await hold(engine)
  const bytes = Buffer.from(question(2, '111', 'edited while it was held')).toString('base64')
  await engine.execute({ type: 'edit', packet: edited, bytes })
  await engine.execute({ type: 'sendTwice', packet: edited })
  await finished(8)
  await engine.execute({ type: 'drop', packet: await hold(engine) })

  const server = await startServer((socket) => {
    socket.on('data', (bytes) => {
      const { srcid, payload } = JSON.parse(bytes.toString())
      const answer = { type: 2, srcid: 700, destid: srcid, payloadsize: 40, payload: sha1(payload) }
      socket.write(JSON.stringify(answer))
    })
  })
  const registering = startProgram(engine.proxy.port)
  registering.socket.write(registration('700', '777', server.port))
  await until(engine, () => engine.state.rows.has('700'))
  const program = startProgram(engine.proxy.port)
  program.socket.write(question(50, '777', 'grüße') + question(50, '111', 'two in one read'))
  await program.answered(2)
  // Larger than one read.
  program.socket.write(question(50, '222', 'long '.repeat(40_000)))
  await program.answered(3)
  program.socket.write(question(50, '999', 'nobody serves this'))
  await program.answered(4)
  const stranger = startProgram(engine.proxy.port)
  stranger.socket.write('GET / HTTP/1.1\r\n\r\n')
  await stranger.ended()
  expect(stranger.foreign).toMatch(/^HTTP\/1\.1 400 /)
  for (const { socket } of [registering, program, stranger]) socket.end()
  await until(engine, () => engine.state.inFlight.size === 0)
  await server.stop()
}

/** Holds a message of client 2 to the proxy, and returns its packet. */
async function hold(engine: Engine): Promise<number> {
  const held = nextEvent(engine, 'packet.held')
  await engine.execute({ type: 'setBreakpoint', filter: 'type:0 from:client:2', once: true })
  await engine.execute({ type: 'sendMessage', client: 'client:2' })
  return (await held).packet
}

function listen(engine: Engine): Timed[] {
  const events: Timed[] = []
  engine.subscribe((event) => events.push([event, performance.timeOrigin + performance.now()]))
  return events
}

async function save(events: readonly Timed[], start?: State): Promise<string> {
  const writer = new PcapngWriter({ app: 'Roundabout' }, start)
  for (const [event, wall] of events) writer.add(event, wall)
  writer.finish()
  const file = join(folder, 'session.pcapng')
  await writeFile(file, Buffer.concat(writer.take()))
  return file
}

const field = v.optional(v.tuple([v.string()]), [''])
const layers = v.object({
  'frame.time_epoch': field,
  'frame.comment': field,
  'ip.src': field,
  'ip.dst': field,
  'ipv6.src': field,
  'ipv6.dst': field,
  'ip.checksum.status': v.optional(v.tuple([v.string()])),
  'tcp.checksum.status': field,
  'tcp.srcport': field,
  'tcp.dstport': field,
  'tcp.stream': field,
  'tcp.payload': field,
  '_ws.malformed': v.optional(v.unknown()),
  '_ws.expert.severity': v.optional(v.array(v.string())),
})
const output = v.array(v.object({ _source: v.object({ layers }) }))

/** Returns what tshark sees of the segments with data. Fails on any complaint of tshark's. */
async function open(file: string): Promise<Segment[]> {
  const fields = Object.keys(layers.entries).flatMap((name) => ['-e', name])
  const frames = v.parse(output, JSON.parse(await tshark(file, '-T', 'json', ...fields)))
  // It comments on the beginning of every connection, so it does inspect them.
  expect(frames.some(({ _source }) => _source.layers['_ws.expert.severity'])).toBe(true)
  return frames.flatMap(({ _source: { layers: of } }) => {
    const [sourceAddress, targetAddress] = [
      of['ip.src'][0] || of['ipv6.src'][0],
      of['ip.dst'][0] || of['ipv6.dst'][0],
    ]
    expect(of['_ws.malformed']).toBeUndefined()
    const severities = (of['_ws.expert.severity'] ?? []).map(Number)
    expect(severities.filter((severity) => severity >= WARNING)).toEqual([])
    const good = '1'
    expect(of['tcp.checksum.status'][0]).toBe(good)
    expect(of['ip.checksum.status']?.[0] ?? good).toBe(good)
    expect(of['frame.comment'][0]).toMatch(/^(Made up: |packet \d+: )/)
    const payload = of['tcp.payload'][0].replaceAll(':', '')
    if (payload === '') return []
    const [seconds = '', fraction = ''] = of['frame.time_epoch'][0].split('.')
    return {
      stream: Number(of['tcp.stream'][0]),
      way: `${sourceAddress}:${of['tcp.srcport'][0]}>${targetAddress}:${of['tcp.dstport'][0]}`,
      microseconds: Number(seconds) * 1e6 + Number(fraction.slice(0, 6)),
      payload,
      comment: of['frame.comment'][0],
    }
  })
}

/** In tshark's severity levels; below it are notes and chat. */
const WARNING = 0x600000

async function tshark(file: string, ...args: string[]): Promise<string> {
  const checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE']
  const { stdout, stderr } = await run(TSHARK_PATH, ['-n', '-r', file, ...checks, ...args], {
    maxBuffer: 256 * 1024 * 1024,
  })
  const complaints = stderr.split('\n').filter((line) => line !== '' && !line.startsWith(AS_ROOT))
  expect(complaints).toEqual([])
  return stdout.trim()
}

/** A warning that tshark prints to root, whatever the file. */
const AS_ROOT = 'Running as user "root"'

/** Joins the bytes of each direction. */
function byWay(parts: readonly { way: string; payload: string }[]): Record<string, string> {
  const ways: Record<string, string> = {}
  for (const { way, payload } of parts) ways[way] = (ways[way] ?? '') + payload
  return ways
}

function opened(connection: number, from: string, to: string, address: string): EventBody {
  return {
    type: 'connection.opened',
    connection,
    from,
    to,
    fromPort: 40_000 + connection,
    toPort: 50_000 + connection,
    fromAddress: address,
    toAddress: address,
  }
}

function sent(
  packet: number,
  from: string,
  to: string,
  connection: number,
  text: string,
): EventBody {
  return {
    type: 'packet.sent',
    packet,
    exchange: packet,
    kind: 0,
    from,
    to,
    connection,
    dueAt: 0,
    bytes: Buffer.from(text),
    copyOf: null,
  }
}
