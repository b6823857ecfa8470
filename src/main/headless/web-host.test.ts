// The web host over real loopback sockets, with an engine that only records its calls.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { KEPT_SESSION } from '../../../tests/support/kept-session'
import type { UserRole } from '../../shared/commands'
import {
  MAX_PARTS_IN_PROGRESS,
  MAX_PARTS_WAITING,
  MAX_SCREENS,
  MAX_UNREAD_SCREEN_BYTES,
  MAX_VIEWERS,
} from '../../shared/limits'
import { MAX_CLIENT_MESSAGE_BYTES } from '../web/messages'
import { refusedPort, type ServedEngine, startWebHost, type WebHost } from './web-host'

const POLL = { timeout: 10_000 }

let folder: string
let host: WebHost
let warnings: string[]
let feeds: {
  send: (frame: Uint8Array<ArrayBuffer>) => void
  acknowledged: number[]
  closed: Promise<void>
}[]
let commands: unknown[]
let screens: { role: string; closed: boolean }[]
let discarded: string[]
/** Requested parts of recordings, and the promises that they wait for. */
let readings: number
let reading: Promise<void>

const engine: ServedEngine = {
  openScreen(role) {
    const screen = { role, closed: false }
    screens.push(screen)
    let close = () => {}
    const closed = new Promise<void>((resolve) => {
      close = resolve
    })
    return {
      async execute(command) {
        commands.push(command)
        return { ok: true, node: 'server:500' }
      },
      openFeed(send) {
        const acknowledged: number[] = []
        feeds.push({ send, acknowledged, closed })
        send(Uint8Array.of(1, 2, 3))
        return { acknowledge: (frame) => acknowledged.push(frame), close }
      },
      close() {
        screen.closed = true
        close()
      },
    }
  },
  async readRecording(source, from) {
    readings++
    await reading
    if (source !== 'session') throw new Error(`There is no "${source}".`)
    return { bytes: Uint8Array.of(0, 255, 10), from: from + 100, end: 4_000 }
  },
  listSessions: async () => [KEPT_SESSION],
  async discardSession(name) {
    discarded.push(name)
    if (name !== 'one') throw new Error(`There is no "${name}".`)
  },
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-host-'))
  await writeFile(join(folder, 'index.html'), '<title>Roundabout</title>')
  await writeFile(join(folder, 'app.js'), 'export {}')
  ;[warnings, feeds, commands, discarded, screens] = [[], [], [], [], []]
  readings = 0
  reading = Promise.resolve()
  host = await startWebHost({ engine, folder, port: 0, warn: (text) => warnings.push(text) })
})

afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

interface Reply {
  status: number | undefined
  headers: Record<string, string | string[] | undefined>
  body: string
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: host.port, path, method, headers })
    outgoing.on('error', reject)
    outgoing.on('response', async (response) => {
      let body = ''
      for await (const piece of response) body += piece
      resolve({ status: response.statusCode, headers: response.headers, body })
    })
    outgoing.end()
  })
}

const page = () => `/${new URL(host.url).search}`

it.each([
  ['EADDRINUSE', 'in use by another program'],
  ['EACCES', 'may not be used by this account'],
])('says in one sentence why a port is refused: %s', (code, words) => {
  const { message } = refusedPort(81, Object.assign(new Error(code), { code }))
  expect(message).toMatch(new RegExp(`^Port 81 .*${words}.* --port`))
})

describe('the page', () => {
  it('comes with the token, under strict headers', async () => {
    const { status, headers, body } = await get(page())
    expect(status).toBe(200)
    expect(body).toContain('<title>Roundabout</title>')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain(`ws://127.0.0.1:${host.port}`)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })

  it.each(['/', '/?token=', '/?token=0', '/index.html', '/x/../index.html'])(
    '%s says what to do',
    async (path) => {
      const { status, headers, body } = await get(path)
      expect(status).toBe(403)
      expect(body).toContain('Look in the terminal')
      expect(body).not.toContain('<script')
      expect(body).not.toContain('<title>Roundabout</title>')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    },
  )

  it('is not to be had with two tokens, the right one among them', async () => {
    expect((await get(`${page()}&token=0`)).status).toBe(403)
    expect((await get(`/?token=0&${page().slice(2)}`)).status).toBe(403)
  })

  it('is opened from a file, and resolves `opened`', async () => {
    const site = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    let isOpened = false
    host.opened.then(() => {
      isOpened = true
    })
    expect((await get('/?token=0')).status).toBe(403)
    expect(isOpened).toBe(false)
    expect((await get(page(), { ...site, 'sec-fetch-dest': 'document' })).status).toBe(200)
    expect(isOpened).toBe(true)
  })

  it.each([
    '/index',
    '/%69ndex',
    '/%69ndex.html',
    '/index%2ehtml',
    '/index.html/',
    '/index.html%00',
    '//index.html',
    '//index',
    '/index/',
  ])('is not to be had as %s', async (path) => {
    const { status, body } = await get(path + new URL(host.url).search)
    expect(status).toBe(404)
    expect(body).not.toContain('<title>Roundabout</title>')
  })

  it('is not served under another host name', async () => {
    const { status } = await get(page(), { host: `rebound.example:${host.port}` })
    expect(status).toBe(421)
    expect(warnings).toEqual([expect.stringContaining('rebound.example')])
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'knows no %s',
    async (method) => {
      const { status, headers } = await get(page(), {}, method)
      expect(status).toBe(405)
      expect(headers).toMatchObject({ allow: 'GET, HEAD', connection: 'close' })
    },
  )

  it('answers HEAD without the page', async () => {
    expect(await get(page(), {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await get('/?token=0', {}, 'HEAD')).toMatchObject({ status: 403, body: '' })
  })

  it('takes no body', async () => {
    expect((await get(page(), { 'content-length': '5' })).status).toBe(413)
    expect((await get(page(), { 'transfer-encoding': 'chunked' })).status).toBe(413)
  })

  it('is not for the scripts, frames and pictures of other sites', async () => {
    const site = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await get('/app.js', site)).status).toBe(403)
    expect((await get(page(), { origin: 'http://evil.example' })).status).toBe(403)
    expect(warnings).toHaveLength(2)
  })

  it('brings its files, and nothing from outside their folder', async () => {
    expect(await get('/app.js')).toMatchObject({ status: 200, body: 'export {}' })
    expect((await get('/missing.js')).status).toBe(404)
    expect((await get('/../../../../etc/hostname')).status).toBe(404)
    expect((await get('/%2e%2e/%2e%2e/etc/hostname')).status).toBe(404)
    expect((await get('/..%5c..%5cetc/hostname')).status).toBe(404)
    expect((await get('/%')).status).toBe(404)
  })

  it('are still served while they are rebuilt', async () => {
    await rm(join(folder, 'app.js'))
    expect(await get('/app.js')).toMatchObject({ status: 200, body: 'export {}' })
  })

  it('answers malformed ranges with the whole file, and keeps serving', async () => {
    for (const range of ['bytes=5-2', 'bytes=99999-', 'bytes=-', 'bytes=0-1,3-4']) {
      expect(await get('/app.js', { range })).toMatchObject({ status: 200, body: 'export {}' })
    }
  })

  it('asks again whether a file has changed, and gets a short answer if not', async () => {
    const { headers } = await get('/app.js')
    expect(headers['cache-control']).toBe('no-cache')
    const kept = await get('/app.js', { 'if-none-match': String(headers.etag) })
    expect(kept).toMatchObject({ status: 304, body: '' })
  })
})

describe('a recording', () => {
  const recording = (query: string) => `/recording${new URL(host.url).search}&${query}`

  it('comes in parts, with where each begins and where the whole ends', async () => {
    const response = await fetch(
      `http://127.0.0.1:${host.port}${recording('source=session&from=7')}`,
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('x-recording-from')).toBe('107')
    expect(response.headers.get('x-recording-end')).toBe('4000')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 10))
  })

  it('waits while many are read, and is refused where too many wait', async () => {
    let letGo = () => {}
    reading = new Promise<void>((resolve) => (letGo = resolve))
    const path = recording('source=session&from=0')
    const answers: Reply[] = []
    const count = MAX_PARTS_IN_PROGRESS + MAX_PARTS_WAITING
    const asked = Array.from({ length: count + 1 }, async () => answers.push(await get(path)))
    await expect.poll(() => answers.map(({ status }) => status), POLL).toEqual([503])
    expect(answers[0]?.body).toContain('Try again')
    expect(readings).toBe(MAX_PARTS_IN_PROGRESS)
    letGo()
    await Promise.all(asked)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(count)
  })

  it('of a kept session is in a list', async () => {
    const { status, headers, body } = await get(`/sessions${new URL(host.url).search}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/json')
    expect(JSON.parse(body)).toEqual([KEPT_SESSION])
  })

  it.each([
    ['', 'names no source'],
    ['source=&from=0', 'names no source'],
    [`source=${'x'.repeat(200)}&from=0`, 'too long a name'],
    ['source=session', 'not say from where'],
    ['source=session&from=-1', 'no whole number'],
    ['source=session&from=1e3', 'no whole number'],
    ['source=other&from=0', 'There is no "other".'],
  ])('is refused in words, which the log has too: %j', async (query, words) => {
    const { status, body, headers } = await get(recording(query))
    expect(status).toBe(400)
    expect(headers['content-type']).toContain('text/plain')
    expect(body).toContain(words)
    expect(warnings).toEqual([expect.stringContaining(words)])
  })

  it.each(['/recording', '/sessions'])('is for who has the token: %s', async (path) => {
    for (const token of ['', '?token=', `?token=${'0'.repeat(48)}`]) {
      const { status, body } = await get(`${path}${token}`)
      expect(status).toBe(403)
      expect(body).not.toContain('endedAt')
    }
    expect(warnings).toHaveLength(3)
  })

  it.each(['/recording/', '/%72ecovered'])('has one name only, not %s', async (path) => {
    expect((await get(path + new URL(host.url).search)).status).toBe(404)
  })

  it('is not served under another host name', async () => {
    const { status } = await get(recording('source=session&from=0'), { host: 'rebound.example' })
    expect(status).toBe(421)
  })
})

function dial(
  path: string,
  headers: Record<string, string> = {},
  role: UserRole = 'operator',
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const origin = `http://127.0.0.1:${host.port}`
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, {
      headers: { origin, ...headers },
    })
    // The first message gives the role.
    socket.once('message', (data) => {
      expect(JSON.parse(data.toString())).toEqual({ kind: 'role', role })
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

const next = (socket: WebSocket) =>
  new Promise<string>((resolve) => socket.once('message', (data) => resolve(data.toString())))
const closed = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)))

describe('the WebSocket', () => {
  const path = () => `/ws${new URL(host.url).search}`

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['no page at all', { origin: '' }],
    ['another host name', { host: 'rebound.example' }],
  ])('refuses %s', async (_, headers) => {
    await expect(dial(path(), headers)).rejects.toThrow(/403|421/)
    expect(warnings).toHaveLength(1)
  })

  it('refuses a missing or stale token, and another path', async () => {
    await expect(dial('/ws')).rejects.toThrow('403')
    await expect(dial(`/ws?token=${'0'.repeat(48)}`)).rejects.toThrow('403')
    await expect(dial(`/elsewhere${new URL(host.url).search}`)).rejects.toThrow('404')
    expect(warnings).toHaveLength(3)
  })

  it('answers commands by their number', async () => {
    const socket = await dial(path())
    socket.send(JSON.stringify({ kind: 'command', id: 7, command: { type: 'addServer' } }))
    expect(JSON.parse(await next(socket))).toEqual({
      kind: 'result',
      id: 7,
      result: { ok: true, node: 'server:500' },
    })
    expect(commands).toEqual([{ type: 'addServer' }])
  })

  it('gives each window a feed of its own and passes acknowledgements on', async () => {
    const [one, two] = [await dial(path()), await dial(path())]
    one.send('{"kind":"subscribe"}')
    await next(one)
    two.send('{"kind":"subscribe"}')
    await next(two)
    one.send('{"kind":"acknowledge","frame":1}')
    one.send('{"kind":"command","id":1,"command":{}}')
    await next(one)
    expect(feeds.map((feed) => feed.acknowledged)).toEqual([[1], []])
    one.close()
    await feeds[0]?.closed
  })

  it('passes on what is discarded', async () => {
    const socket = await dial(path())
    socket.send('{"kind":"discardSession","name":"one"}')
    socket.send('{"kind":"discardSession","name":"other"}')
    expect(JSON.parse(await next(socket))).toMatchObject({ result: { ok: false } })
    expect(discarded).toEqual(['one', 'other'])
    expect(warnings).toEqual([expect.stringContaining('There is no "other".')])
  })

  it('closes the old feed when a window subscribes again', async () => {
    const socket = await dial(path())
    socket.send('{"kind":"subscribe"}')
    await next(socket)
    socket.send('{"kind":"subscribe"}')
    await next(socket)
    await feeds[0]?.closed
    expect(feeds).toHaveLength(2)
  })

  it('answers bad messages, logs the reason, and keeps serving', async () => {
    const socket = await dial(path())
    for (const bad of ['{', '[]', '{"kind":"command","id":4}', Buffer.from([0, 1])]) {
      socket.send(bad)
      expect(JSON.parse(await next(socket))).toMatchObject({
        kind: 'result',
        result: { ok: false },
      })
    }
    expect(warnings).toHaveLength(4)
    socket.send('{"kind":"command","id":5,"command":{}}')
    expect(JSON.parse(await next(socket))).toMatchObject({ id: 5, result: { ok: true } })
  })

  it('cuts off a window that sends more than any command needs', async () => {
    const socket = await dial(path())
    socket.on('error', () => {})
    socket.send('x'.repeat(MAX_CLIENT_MESSAGE_BYTES + 1))
    expect(await closed(socket)).toBe(1009)
    expect(warnings).toEqual([expect.stringContaining('Max payload size exceeded')])
  })

  it('is cut off where it does not read what it is sent, however much it says it has', async () => {
    const socket = await dial(path())
    socket.send('{"kind":"subscribe"}')
    await next(socket)
    socket.pause()
    const frame = new Uint8Array(1024 * 1024)
    // Bytes in the system's socket buffers are not counted.
    for (let sent = 0; sent < 2 * MAX_UNREAD_SCREEN_BYTES; sent += frame.length) {
      feeds[0]?.send(frame)
    }
    await feeds[0]?.closed
    expect(warnings).toEqual([expect.stringContaining('does not read')])
    socket.terminate()
  })

  it('ends when the host closes', async () => {
    const socket = await dial(path())
    socket.send('{"kind":"subscribe"}')
    await next(socket)
    const ended = closed(socket)
    await host.close()
    await ended
    await feeds[0]?.closed
  })
})

describe('a viewer', () => {
  /** Requests the address for viewers as an operator's page does. */
  async function viewerSearch(): Promise<string> {
    const { status, body } = await get(`/viewer-address${new URL(host.url).search}`)
    expect(status).toBe(200)
    return new URL(body.trim()).search
  }

  it('comes in only once an operator has made the address, with a token of its own', async () => {
    const search = await viewerSearch()
    expect(search).not.toBe(new URL(host.url).search)
    expect(await viewerSearch()).toBe(search)
    expect((await get(`/${search}`)).status).toBe(200)
    const socket = await dial(`/ws${search}`, {}, 'viewer')
    socket.send('{"kind":"command","id":1,"command":{"type":"sendAll"}}')
    await next(socket)
    expect(screens.map(({ role }) => role)).toEqual(['viewer'])
  })

  it('cannot make the address for others', async () => {
    const search = await viewerSearch()
    for (const other of ['', '?token=0', search]) {
      const { status, body } = await get(`/viewer-address${other}`)
      expect([status, body]).toEqual([403, expect.not.stringContaining('token')])
    }
  })

  it('reads the running session, and no session of before', async () => {
    const search = await viewerSearch()
    const read = (source: string) => get(`/recording${search}&source=${source}&from=0`)
    expect((await read('session')).status).toBe(200)
    expect(await read('one')).toMatchObject({
      status: 403,
      body: 'A viewer sees the running session only.',
    })
    expect((await get(`/sessions${search}`)).status).toBe(403)
    const socket = await dial(`/ws${search}`, {}, 'viewer')
    socket.send('{"kind":"discardSession","name":"one"}')
    expect(JSON.parse(await next(socket))).toMatchObject({ result: { ok: false } })
    expect(discarded).toEqual([])
  })

  it('keeps no operator from reading, however many parts viewers leave unread', async () => {
    const search = await viewerSearch()
    let letGo = () => {}
    reading = new Promise<void>((resolve) => (letGo = resolve))
    const path = `/recording${search}&source=session&from=0`
    const asked = Array.from({ length: MAX_PARTS_IN_PROGRESS }, () => get(path))
    await expect.poll(() => readings, POLL).toBe(MAX_PARTS_IN_PROGRESS)
    const operator = get(`/recording${new URL(host.url).search}&source=session&from=0`)
    await expect.poll(() => readings, POLL).toBe(MAX_PARTS_IN_PROGRESS + 1)
    letGo()
    for (const answer of [operator, ...asked]) expect((await answer).status).toBe(200)
  })

  it('leaves room for operators', async () => {
    const search = await viewerSearch()
    const viewers = Array.from({ length: MAX_VIEWERS }, () => dial(`/ws${search}`, {}, 'viewer'))
    await Promise.all(viewers)
    await expect(dial(`/ws${search}`)).rejects.toThrow('503')
    expect((await get(`/${search}`)).status).toBe(503)
    const path = new URL(host.url).search
    const operators = Array.from({ length: MAX_SCREENS - MAX_VIEWERS }, () => dial(`/ws${path}`))
    await Promise.all(operators)
    await expect(dial(`/ws${path}`)).rejects.toThrow('503')
  })
})

it('says so when its port is taken', async () => {
  const second = startWebHost({ engine, folder, port: host.port, warn: () => {} })
  await expect(second).rejects.toThrow(`Port ${host.port} is in use`)
})
