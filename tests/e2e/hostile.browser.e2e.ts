// The shipped web host under attack: the process refuses with a reason, its memory does not grow
// with what it is sent, and it still serves.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import {
  attack,
  closeCode,
  expectServing,
  frame,
  frameHead,
  handshake,
  openWindow,
  pour,
  type Target,
} from '../integration/web-attacker'
import { type Started, start } from './programs'

const HUNDRED_MB = 100 * 1024 * 1024
/** Memory that the process may need for its own work meanwhile. */
const SLACK_BYTES = 40 * 1024 * 1024
const PIECE = Buffer.alloc(64 * 1024, 'x')
const PIECES = HUNDRED_MB / PIECE.length
const TEXT = 0x81
const [TEXT_TO_GO_ON, GOING_ON] = [0x01, 0x00]

async function startHost(): Promise<Target & { host: Started }> {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-hostile-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const ports = ['--port', '0', '--proxy-port', '0', '--latency', '0']
  const folders = ['--recordings', join(folder, 'recordings'), '--logs', join(folder, 'logs')]
  const host = start(process.execPath, ['out/main/headless.cjs', '--no-open', ...ports, ...folders])
  await expect.poll(() => host.written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
  const { out } = host.written
  const url = /^Roundabout: (.*)$/m.exec(out)?.[1] ?? ''
  return { host, url, proxyPort: Number(/^Proxy: .*:(\d+)$/m.exec(out)?.[1]) }
}

/** The process's peak memory; undefined if the system does not report it. */
async function peakBytes({ child }: Started): Promise<number | undefined> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

describe('the headless host', () => {
  it.each([
    ['in one message', () => [frameHead(TEXT, HUNDRED_MB), ...Array(PIECES).fill(PIECE)]],
    [
      'in pieces',
      () => [frame(TEXT_TO_GO_ON, PIECE), ...Array(PIECES).fill(frame(GOING_ON, PIECE))],
    ],
  ])('cuts off who sends 100 MB %s, and keeps none of it', async (_, pieces) => {
    const target = await startHost()
    const window = await openWindow(target)
    await expectServing(target, window)
    const before = await peakBytes(target.host)
    const attacker = attack(target, handshake(target))
    await expect.poll(attacker.said).toContain('101 Switching Protocols')
    await pour(attacker, pieces())
    expect(closeCode(await attacker.answer)).toBe(1009)
    const after = await peakBytes(target.host)
    if (before !== undefined) expect(after).toBeLessThan(before + SLACK_BYTES)
    await expect.poll(() => target.host.written.err).toContain('A browser window was cut off')
    await expectServing(target, window)
    window.socket.terminate()
  })

  it('bears a thousand at once, with the token and without it, and other hosts and origins', async () => {
    const target = await startHost()
    const window = await openWindow(target)
    const wrong = [
      handshake(target),
      handshake(target, '/ws'),
      handshake(target, undefined, { Origin: 'http://evil.example' }),
      handshake(target, undefined, { Host: 'rebound.example' }),
    ]
    const attackers = Array.from({ length: 250 }, () => wrong.map((bytes) => attack(target, bytes)))
    onTestFinished(() => {
      for (const { socket } of attackers.flat()) socket.destroy()
    })
    const isDecided = attackers.flat().map(
      ({ said, socket }) =>
        () =>
          said() !== '' || socket.destroyed,
    )
    await expect.poll(() => isDecided.every((decided) => decided()), { timeout: 30_000 }).toBe(true)
    for (const reason of ['present token', 'evil.example', 'rebound.example']) {
      await expect.poll(() => target.host.written.err).toContain(reason)
    }
    expect(target.host.written.err).not.toContain(new URL(target.url).searchParams.get('token'))
    await expectServing(target, window)
    window.socket.terminate()
  })
})

/** Opens the lab to a class on loopback, and returns the address of its page. */
async function openRoom({ url }: Target): Promise<string> {
  const { host, search, origin } = new URL(url)
  const operator = new WebSocket(`ws://${host}/ws${search}`, { origin })
  const opened = new Promise<string>((resolve) =>
    operator.on('message', (data: Buffer) => {
      const found = /"url":"([^"]+)"/.exec(data.toString())?.[1]
      if (found !== undefined) resolve(found)
    }),
  )
  operator.once('open', () =>
    operator.send('{"kind":"room","request":{"kind":"open","address":"127.0.0.1"}}'),
  )
  onTestFinished(() => operator.terminate())
  return opened
}

describe('the class', () => {
  it('bears a thousand strangers and 100 MB at once, and keeps none of it', async () => {
    const target = await startHost()
    const window = await openWindow(target)
    const room = { ...target, url: await openRoom(target) }
    await expectServing(target, window)
    const before = await peakBytes(target.host)
    const flood = attack(room, handshake(room, '/class'))
    await expect.poll(flood.said).toContain('101 Switching Protocols')
    await pour(flood, [frameHead(TEXT, HUNDRED_MB), ...Array(PIECES).fill(PIECE)])
    expect(closeCode(await flood.answer)).toBe(1009)
    const wrong = [
      handshake(room, '/class'),
      handshake(room, '/ws'),
      handshake(room, '/class', { Origin: 'http://evil.example' }),
      handshake(room, '/class', { Host: 'rebound.example' }),
    ]
    const attackers = Array.from({ length: 250 }, () => wrong.map((bytes) => attack(room, bytes)))
    onTestFinished(() => {
      for (const { socket } of attackers.flat()) socket.destroy()
    })
    await expect
      .poll(() => attackers.flat().every(({ said, socket }) => said() !== '' || socket.destroyed), {
        timeout: 30_000,
      })
      .toBe(true)
    const after = await peakBytes(target.host)
    if (before !== undefined) expect(after).toBeLessThan(before + SLACK_BYTES)
    // One who has the code still gets in.
    const viewer = new WebSocket(`ws://${new URL(room.url).host}/class`, {
      origin: new URL(room.url).origin,
    })
    const joined = new Promise<string>((resolve) =>
      viewer.once('message', (data: Buffer) => resolve(data.toString())),
    )
    viewer.once('open', () =>
      viewer.send(
        JSON.stringify({ kind: 'join', code: new URL(room.url).hash.slice(1), name: '' }),
      ),
    )
    expect(await joined).toContain('"kind":"joined"')
    viewer.terminate()
    await expectServing(target, window)
    window.socket.terminate()
  })
})
