// The web host under attack, over real sockets and with a whole engine: every bad input is refused
// with a reason, and a window that was open before is still served. The clock of the rate limits is
// stopped.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { startWebHost, type WebHost } from '../../src/main/headless/web-host'
import { MAX_CLIENT_MESSAGE_BYTES } from '../../src/main/web/messages'
import {
  MAX_SCREENS,
  MAX_WEB_CONNECTIONS,
  OTHER_REQUESTS,
  SCREEN_BYTES,
  SCREEN_MESSAGES,
  SCREEN_REFUSALS,
  SCREEN_SUBSCRIPTIONS,
  TOKEN_REQUESTS,
} from '../../src/shared/limits'
import {
  type Attack,
  attack,
  closeCode,
  expectServing,
  frame,
  frameHead,
  handshake,
  hostOf,
  openWindow,
  originOf,
  pour,
  socketPath,
  type Target,
  type Window,
} from './web-attacker'

const A_THOUSAND = 1_000
const HUNDRED_MB = 100 * 1024 * 1024
const PIECE = Buffer.alloc(64 * 1024, 'x')
/** FIN and the opcode of a frame (RFC 6455). */
const [TEXT, BINARY, PING] = [0x81, 0x82, 0x89]
const [TEXT_TO_GO_ON, GOING_ON] = [0x01, 0x00]
const COMPRESSED = 0x40

let folder: string
let engine: Engine
let host: WebHost
let target: Target
let window: Window
let warnings: string[]
let attacks: Attack[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-web-'))
  await writeFile(join(folder, 'index.html'), '<title>The app</title>')
  await writeFile(join(folder, 'app.js'), 'export {}')
  warnings = []
  attacks = []
  engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
  await startHost(300)
})

async function startHost(requestLimitMs: number): Promise<void> {
  const warn = (text: string) => warnings.push(text)
  const limits = { requestLimitMs, closeLimitMs: 100 }
  host = await startWebHost({ engine, folder, port: 0, warn, now: () => 0, ...limits })
  target = { url: host.url, proxyPort: engine.proxy.port }
  window = await openWindow(target)
}

/** Called after each attack. */
afterEach(async () => {
  try {
    await expectServing(target, window)
    expect(warnings.join()).not.toContain(new URL(host.url).searchParams.get('token'))
  } finally {
    for (const { socket } of attacks) socket.destroy()
    window.socket.terminate()
    await host.close()
    await engine.close()
    await rm(folder, { recursive: true })
  }
})

function send(bytes: string | Buffer): Attack {
  const sent = attack(target, bytes)
  attacks.push(sent)
  return sent
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
const withToken = (path: string) => `${path}${new URL(host.url).search}`

/** A request that asks for the connection to be closed. */
const request = (path: string, headers = `Host: ${hostOf(target)}`, method = 'GET') =>
  `${method} ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`

/** An accepted window to which the test writes by hand. */
async function rawWindow(): Promise<Attack> {
  const raw = send(handshake(target))
  await expect.poll(raw.said).toContain('101 Switching Protocols')
  return raw
}

/** Expects that a person can load the page and its files. */
async function expectPage(): Promise<void> {
  for (const path of [withToken('/'), '/app.js']) {
    expect(statusOf(await send(request(path)).answer)).toBe(200)
  }
}

describe('a connection', () => {
  it('is taken however many are kept open, which dial again when they are cut off', async () => {
    // With that many connections, the person's own request may take a moment.
    window.socket.terminate()
    await host.close()
    await startHost(5_000)
    let isOver = false
    const dial = (bytes: string) => {
      const { socket } = send(bytes)
      socket.once('close', () => {
        if (!isOver) dial(bytes)
      })
    }
    const silent = ''
    const unfinished = handshake(target).slice(0, -2)
    const answered = `GET /app.js HTTP/1.1\r\nHost: ${hostOf(target)}\r\n\r\n`
    try {
      for (const bytes of [silent, unfinished, answered]) {
        for (let count = 0; count < MAX_WEB_CONNECTIONS / 3 + 50; count++) dial(bytes)
      }
      await expect.poll(() => warnings.join()).toContain('it had no token')
      for (let time = 0; time < 10; time++) await expectPage()
      // And once nothing is dialled any more.
      isOver = true
      await expectPage()
    } finally {
      isOver = true
    }
  })

  it('is taken beside more silent ones than there may be', async () => {
    // A host with the time limits of the real app.
    const patient = await startWebHost({ engine, folder, port: 0, warn: () => {} })
    onTestFinished(() => patient.close())
    const there = { ...target, url: patient.url }
    for (let count = 0; count < MAX_WEB_CONNECTIONS + 100; count++) attacks.push(attack(there))
    await Promise.all(attacks.map(({ socket }) => once(socket, 'connect')))
    for (const path of [`/${new URL(patient.url).search}`, '/app.js']) {
      const asked = attack(there, request(path, `Host: ${hostOf(there)}`))
      expect(statusOf(await asked.answer)).toBe(200)
    }
  })
})

describe('a request', () => {
  it.each([
    ['another host', (own: string) => `Host: rebound.example:${own.split(':')[1]}`, 421],
    ['no port', () => 'Host: 127.0.0.1', 421],
    ['an IPv6 host', (own: string) => `Host: [::1]:${own.split(':')[1]}`, 421],
    ['a dot behind the host', (own: string) => `Host: localhost.:${own.split(':')[1]}`, 421],
    ['a host in capitals', (own: string) => `Host: LOCALHOST:${own.split(':')[1]}`, 421],
    ['two hosts', (own: string) => `Host: ${own}\r\nHost: rebound.example`, 400],
    ['a host twice', (own: string) => `Host: ${own}\r\nhost: ${own}`, 400],
    ['another origin', (own: string) => `Host: ${own}\r\nOrigin: http://evil.example`, 403],
    ['a page elsewhere', (own: string) => `Host: ${own}\r\nSec-Fetch-Site: same-site`, 403],
  ])('with %s is refused', async (_, headers, status) => {
    const answer = await send(request(withToken('/'), headers(hostOf(target)))).answer
    expect(statusOf(answer)).toBe(status)
    expect(answer).not.toContain('The app')
    expect(warnings).toEqual([expect.stringMatching(/^A request was refused\. .*\.$/)])
  })

  it('without a host is refused', async () => {
    expect(statusOf(await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n').answer)).toBe(400)
    expect(statusOf(await send(`GET ${withToken('/')} HTTP/1.0\r\n\r\n`).answer)).toBe(400)
  })

  it('for the address of another host is refused', async () => {
    for (const asked of [withToken('http://rebound.example/'), withToken(originOf(target)), '*']) {
      expect(statusOf(await send(request(asked)).answer)).toBe(400)
    }
    expect(warnings).toHaveLength(3)
  })

  it.each([
    '/../../../../etc/hostname',
    '/%2e%2e/%2e%2e/%2e%2e/etc/hostname',
    '/..%2f..%2f..%2fetc/hostname',
    '/..\\..\\..\\etc\\hostname',
    '/..%5c..%5cetc%5chostname',
    '//etc/hostname',
    '//rebound.example/',
    '/app.js%00',
    '/app.js/',
    '/./app.js%2f..%2findex.html',
    '/%69ndex.html',
    '/index.html%00.js',
    '/INDEX.HTML',
    '/%',
    '/%c0%ae%c0%ae/',
  ])('for the path %s finds nothing', async (path) => {
    const answer = await send(request(withToken(path))).answer
    expect(statusOf(answer)).toBe(404)
    expect(answer).not.toContain('The app')
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    'cannot be %s',
    async (method) => {
      const answer = await send(request(withToken('/'), `Host: ${hostOf(target)}`, method)).answer
      expect(statusOf(answer)).toBe(405)
      expect(warnings).toHaveLength(1)
    },
  )

  it('to be connected to somewhere else is not carried out', async () => {
    const answer = await send(request(`127.0.0.1:${target.proxyPort}`, 'Host: x', 'CONNECT')).answer
    expect(answer).toBe('')
  })

  it('with a body is refused before the body has come', async () => {
    const headers = `Host: ${hostOf(target)}\r\nContent-Length: ${HUNDRED_MB}`
    expect(statusOf(await send(request(withToken('/'), headers)).answer)).toBe(413)
  })

  it('with huge headers, or that is not HTTP, is cut off', async () => {
    const long = `Host: ${hostOf(target)}\r\nX-Long: ${'x'.repeat(64 * 1024)}`
    expect(statusOf(await send(request('/', long)).answer)).toBe(431)
    expect(statusOf(await send('\x16\x03\x01\x02\x00\x01\r\n\r\n').answer)).toBe(400)
    expect(warnings).toEqual([
      expect.stringContaining('Header overflow'),
      expect.stringContaining('Invalid method'),
    ])
  })

  it('that does not come to its end is cut off', async () => {
    const unfinished = handshake(target).slice(0, -2)
    const answers = await Promise.all(['', 'GET', unfinished].map((bytes) => send(bytes).answer))
    expect(answers.slice(1).map(statusOf)).toEqual([408, 408])
    expect(warnings).toContainEqual(expect.stringContaining('timeout'))
  })

  it('is refused after too many without the token, and still served with it', async () => {
    const missing = `GET /missing HTTP/1.1\r\nHost: ${hostOf(target)}\r\n\r\n`
    const flood = missing.repeat(OTHER_REQUESTS.burst) + request('/?token=0')
    const answer = await send(flood).answer
    expect(answer.match(/HTTP\/1\.1 404/g)).toHaveLength(OTHER_REQUESTS.burst)
    expect(answer.match(/HTTP\/1\.1 429/g)).toHaveLength(1)
    expect(answer).toContain('Wait a moment')
    await expectPage()
  })

  it('is served during a flood for what the page loads', async () => {
    const one = `GET /app.js HTTP/1.1\r\nHost: ${hostOf(target)}\r\n\r\n`
    const answer = await send(one.repeat(2 * OTHER_REQUESTS.burst) + request('/app.js')).answer
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2 * OTHER_REQUESTS.burst + 1)
    await expectPage()
  })

  it('is refused after too many with the token', async () => {
    const one = `GET ${withToken('/missing')} HTTP/1.1\r\nHost: ${hostOf(target)}\r\n\r\n`
    const answer = await send(one.repeat(TOKEN_REQUESTS.burst) + request(withToken('/'))).answer
    expect(answer.match(/HTTP\/1\.1 429/g)).toHaveLength(1)
    expect(warnings).toEqual([expect.stringContaining('too many')])
  })

  it('is answered a thousand times at once', async () => {
    const statuses = new Map<number, number>()
    const asked = Array.from({ length: A_THOUSAND }, () => send(request('/')))
    for (const { answer } of asked) {
      const status = statusOf(await answer)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // Connections past the limit are closed without an answer.
    expect(
      [...statuses.keys()].filter((status) => status !== 403 && !Number.isNaN(status)),
    ).toEqual([])
    expect(statuses.get(403)).toBeGreaterThanOrEqual(MAX_WEB_CONNECTIONS / 2)
    expect(statusOf(await send(request(withToken('/'))).answer)).toBe(200)
  })
})

describe('a WebSocket', () => {
  it.each<[string, Record<string, string>, number]>([
    ['another origin', { Origin: 'http://evil.example' }, 403],
    ['the origin of a file', { Origin: 'null' }, 403],
    ['no origin', { Origin: '' }, 403],
    ['another host', { Host: 'rebound.example' }, 421],
    ['a browser that tells of another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['an old version', { 'Sec-WebSocket-Version': '7' }, 400],
    ['no proper key', { 'Sec-WebSocket-Key': 'x' }, 400],
    ['another protocol to go over to', { Upgrade: 'h2c' }, 400],
  ])('with %s is refused', async (_, changes, status) => {
    const answer = await send(handshake(target, socketPath(target), changes)).answer
    expect(statusOf(answer)).toBe(status)
    expect(warnings).toEqual([expect.stringMatching(/^A WebSocket was refused\. .*\.$/)])
  })

  it('is refused without the token in its place', async () => {
    const token = new URL(host.url).searchParams.get('token') ?? ''
    const places: [string, Record<string, string>?][] = [
      ['/ws'],
      ['/ws?token='],
      [`/ws?token=${'0'.repeat(token.length)}`],
      [`/ws?token=${token}0`],
      [`/ws?token=${token.toUpperCase()}x`],
      [`/ws?token=0&token=${token}`],
      [`/ws?Token=${token}`],
      ['/ws', { Authorization: `Bearer ${token}` }],
      ['/ws', { Cookie: `token=${token}` }],
      ['/ws', { 'Sec-WebSocket-Protocol': token }],
    ]
    for (const [path, headers] of places) {
      expect(statusOf(await send(handshake(target, path, headers)).answer)).toBe(403)
    }
    for (const path of [`/ws/${token}`, withToken('/'), withToken('/ws/'), withToken('//ws')]) {
      expect(statusOf(await send(handshake(target, path)).answer)).toBe(404)
    }
    expect(warnings).toHaveLength(places.length + 4)
  })

  it('is refused a thousand times at once', async () => {
    const tries = Array.from({ length: A_THOUSAND }, () => send(handshake(target, '/ws')))
    const statuses = new Set<number>()
    for (const { answer } of tries) statuses.add(statusOf(await answer))
    statuses.delete(Number.NaN)
    expect([...statuses]).toEqual([403])
    expect(warnings).toContainEqual(expect.stringContaining('without the present token'))
  })

  it('is let in as often as there may be windows, of a thousand at once', async () => {
    const tries = Array.from({ length: A_THOUSAND }, () => send(handshake(target)))
    const isDecided = ({ said, socket }: Attack) => said() !== '' || socket.destroyed
    await expect.poll(() => tries.every(isDecided), { timeout: 30_000 }).toBe(true)
    const statuses = tries.map(({ said }) => statusOf(said()))
    // The test's own window is one of them.
    expect(statuses.filter((status) => status === 101)).toHaveLength(MAX_SCREENS - 1)
    expect(new Set(statuses.filter((status) => status > 0))).toEqual(new Set([101, 503]))
    expect(warnings).toContainEqual(expect.stringContaining(`${MAX_SCREENS} windows are open`))

    const page = await send(request(withToken('/'))).answer
    expect(statusOf(page)).toBe(503)
    expect(page).toContain('Close one of them')
    for (const { socket } of tries) socket.destroy()
    let another: Window | undefined
    const open = async () => {
      another ??= await openWindow(target).catch(() => undefined)
      return another !== undefined
    }
    await expect.poll(open).toBe(true)
  })
})

describe('a window that is open', () => {
  it.each([
    [
      'one message',
      () => [frameHead(TEXT, HUNDRED_MB), ...Array(HUNDRED_MB / PIECE.length).fill(PIECE)],
      1009,
    ],
    [
      'pieces of one message',
      () => [
        frame(TEXT_TO_GO_ON, PIECE),
        ...Array(HUNDRED_MB / PIECE.length).fill(frame(GOING_ON, PIECE)),
      ],
      1009,
    ],
    [
      'pieces without end',
      () => [
        frame(TEXT_TO_GO_ON, Buffer.alloc(0)),
        ...Array(20_000).fill(frame(GOING_ON, Buffer.alloc(0))),
      ],
      1008,
    ],
  ])('is cut off for %s', async (_, pieces, code) => {
    const raw = await rawWindow()
    await pour(raw, pieces())
    expect(closeCode(await raw.answer)).toBe(code)
    expect(warnings).toEqual([expect.stringContaining('A browser window was cut off')])
  })

  it.each<[string, Buffer, number]>([
    ['text that is no UTF-8', frame(TEXT, Buffer.from([0xff, 0xfe])), 1007],
    ['a compressed message', frame(TEXT | COMPRESSED, Buffer.alloc(1_000)), 1002],
    ['a frame without a mask', Buffer.from([TEXT, 1, 0x7b]), 1002],
    ['a message that was never begun', frame(GOING_ON, Buffer.from('{}')), 1002],
    ['a ping with a long body', frame(PING, Buffer.alloc(126)), 1002],
    ['a frame of a kind that there is not', frame(0x83, Buffer.alloc(1)), 1002],
  ])('is cut off for %s', async (_, bytes, code) => {
    const raw = await rawWindow()
    raw.socket.write(bytes)
    expect(closeCode(await raw.answer)).toBe(code)
    expect(warnings).toEqual([expect.stringContaining('A browser window was cut off')])
  })

  it('gets the answer that messages are text', async () => {
    const raw = await rawWindow()
    raw.socket.write(frame(BINARY, Buffer.from('{"kind":"subscribe"}')))
    await expect.poll(raw.said).toContain('Messages to the host are text.')
  })

  it('is asked to go slower, and closed if it does not', async () => {
    const raw = await rawWindow()
    const message = frame(TEXT, Buffer.from('{"kind":"acknowledge","frame":1}'))
    const count = SCREEN_MESSAGES.burst + SCREEN_REFUSALS.burst + 1
    raw.socket.write(Buffer.concat(Array(count).fill(message)))
    const said = await raw.answer
    expect(said.match(/Go slower/g)).toHaveLength(SCREEN_REFUSALS.burst)
    expect(said).toContain('It sent too many messages.')
    expect(closeCode(said)).toBe(1008)
  })

  it('is closed for too many bytes, in however few messages', async () => {
    const raw = await rawWindow()
    const message = frame(TEXT, Buffer.alloc(MAX_CLIENT_MESSAGE_BYTES, 'x'))
    const enough = Math.ceil(SCREEN_BYTES.burst / MAX_CLIENT_MESSAGE_BYTES)
    await pour(raw, Array(enough + SCREEN_REFUSALS.burst + 1).fill(message))
    expect(closeCode(await raw.answer)).toBe(1008)
  })

  it.each([
    ['pings', PING, '', SCREEN_MESSAGES.burst, 'signs of life'],
    ['subscriptions', TEXT, '{"kind":"subscribe"}', SCREEN_SUBSCRIPTIONS.burst, 'subscribed'],
  ])('is closed for too many %s', async (_, first, body, burst, words) => {
    const raw = await rawWindow()
    raw.socket.write(Buffer.concat(Array(burst + 1).fill(frame(first, Buffer.from(body)))))
    const said = await raw.answer
    expect(closeCode(said)).toBe(1008)
    expect(said).toContain(words)
    expect(warnings).toEqual([expect.stringContaining(words)])
  })
})
