// Viewers of a class who want more than to look, over real sockets with a whole engine.
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_VIEWER_MESSAGE_BYTES, WRONG_CODES_OF_ADDRESS } from '../../src/shared/limits'
import { startTestRoom, type TestRoom } from './room-class'
import { connectViewer } from './room-viewer'
import { attack, handshake } from './web-attacker'

let room: TestRoom

beforeEach(async () => {
  room = await startTestRoom()
})

afterEach(() => room.close())

describe('a viewer', () => {
  it('has the whole lab by its token, as one who looks', async () => {
    const url = await room.open()
    const token = (await room.enter(url)).last('joined')?.token ?? ''
    const { host, origin } = new URL(url)
    expect(await (await fetch(`${origin}/lab?token=${token}`)).text()).toContain('The whole lab')
    expect((await fetch(`${origin}/lab?token=none`)).status).toBe(403)
    expect((await fetch(`${origin}/?token=none`)).status).toBe(403)
    expect((await fetch(`${origin}/sessions?token=${token}`)).status).toBe(403)
    expect((await fetch(`${origin}/recording?token=${token}&source=session&from=0`)).status).toBe(
      200,
    )
    expect((await fetch(`${origin}/recording?source=session&from=0`)).status).toBe(403)
    const screen = new WebSocket(`ws://${host}/ws?token=${token}`, { origin })
    const said: string[] = []
    screen.on('message', (data: Buffer) => said.push(data.toString()))
    await expect.poll(() => said[0]).toBe('{"kind":"role","role":"viewer"}')
    const asked = [
      { kind: 'command', id: 1, command: { type: 'sendAll' } },
      { kind: 'checkProgram', request: { program: 'proxy', command: 'true' } },
      { kind: 'lesson', request: { kind: 'list' } },
      { kind: 'room', request: { kind: 'close' } },
    ]
    for (const message of asked) screen.send(JSON.stringify(message))
    await expect
      .poll(() => said.filter((text) => text.includes('"ok":false')))
      .toHaveLength(asked.length)
    screen.terminate()
    expect(room.engine.state.totals.sent[0]).toBe(0)
    expect(room.opened().url).toBe(url)
  })
})

describe('a hostile viewer', () => {
  it.each([
    ['a command', JSON.stringify({ kind: 'command', id: 1, command: { type: 'sendAll' } })],
    ['what an instructor may ask', JSON.stringify({ kind: 'close' })],
    ['a field too many', JSON.stringify({ kind: 'look', node: null, command: { type: 'reset' } })],
    ['no JSON', 'sendAll'],
    ['bytes', Buffer.from([1, 2, 3])],
    ['to join twice', JSON.stringify({ kind: 'return', token: 'x' })],
  ])('is cut off that sends %s', async (_, message) => {
    const viewer = await room.enter(await room.open())
    viewer.socket.send(message)
    expect((await viewer.closed).code).toBe(1008)
    expect(room.engine.state.totals.sent[0]).toBe(0)
    await expect.poll(() => room.opened().viewers).toBe(0)
  })

  it('is cut off that sends too much', async () => {
    const url = await room.open()
    const [long, many] = [await room.enter(url), await room.enter(url)]
    long.socket.send('x'.repeat(MAX_VIEWER_MESSAGE_BYTES + 1))
    expect((await long.closed).code).toBe(1009)
    for (let count = 0; count < 100; count++) many.say({ kind: 'look', node: null })
    expect((await many.closed).reason).toBe('It sent too many messages.')
  })

  it('cannot guess the code, and keeps none from joining who comes from elsewhere', async () => {
    const url = await room.open()
    const guesser = await connectViewer(url)
    room.all.push(guesser)
    for (let guess = 0; guess < WRONG_CODES_OF_ADDRESS.burst; guess++) {
      guesser.say({ kind: 'join', code: `AAAAA${guess}`, name: '' })
    }
    await expect.poll(() => guesser.last('refused')?.about).toBe('code')
    guesser.say({ kind: 'join', code: new URL(url).hash.slice(1), name: '' })
    await expect.poll(() => guesser.last('refused')?.about).toBe('guesses')
    expect(guesser.last('joined')).toBeUndefined()
    expect(room.warnings.join()).not.toContain(new URL(url).hash.slice(1))
  })

  it('learns nothing before it has joined', async () => {
    const stranger = await connectViewer(await room.open())
    room.all.push(stranger)
    stranger.say({ kind: 'look', node: 'client:1' })
    await expect.poll(() => stranger.last('refused')?.error).toBe('Enter the code first.')
    room.instructor.request({ kind: 'point', node: 'server:100', spotlight: null })
    room.instructor.request({
      kind: 'put',
      question: { kind: 'number', question: 'Yes?', unit: '' },
    })
    await expect.poll(() => room.opened().vote?.id).toBe(1)
    stranger.say({ kind: 'answer', question: 1, round: 1, answer: { kind: 'number', value: 1 } })
    await expect.poll(() => stranger.count('refused')).toBe(2)
    expect(stranger.count('vote') + stranger.count('lab') + stranger.count('pointed')).toBe(0)
    expect(room.opened().vote?.answered).toBe(0)
  })

  it.each([
    ['of another origin', { Origin: 'http://evil.example' }, '/class', 403],
    ['without an origin', { Origin: '' }, '/class', 403],
    ['for another host', { Host: 'rebound.example' }, '/class', 421],
    ['for the whole lab without a token', {}, '/ws', 403],
    ['at another path', {}, '/viewers', 404],
  ])('gets no connection %s', async (_, changes, path, status) => {
    const target = { url: await room.open(), proxyPort: room.engine.proxy.port }
    const { answer, socket } = attack(target, handshake(target, path, changes))
    expect(await answer).toContain(`HTTP/1.1 ${status} `)
    socket.destroy()
  })

  it.each([
    ['POST', '/', {}, 405],
    ['GET', '/', { host: 'rebound.example' }, 421],
    ['GET', '/../headless.cjs', {}, 404],
    ['GET', '/metrics', {}, 404],
    ['GET', '/viewer-address', {}, 404],
  ])('gets nothing by %s %s', async (method, path, headers, status) => {
    const { port } = new URL(await room.open())
    const answered = await new Promise<number | undefined>((resolve, reject) =>
      request({ method, path, port, headers, host: '127.0.0.1' }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on('error', reject)
        .end(),
    )
    expect(answered).toBe(status)
  })
})
