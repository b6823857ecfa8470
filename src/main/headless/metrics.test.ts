// The lab's figures over HTTP, at a web host on a real loopback socket.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ServedEngine, startWebHost, type WebHost } from './web-host'

const METRICS = { text: () => 'roundabout_messages_total{policy="111"} 4\n' }

const untouched = () => {
  throw new Error('The figures need nothing of the engine.')
}
const engine: ServedEngine = {
  openScreen: untouched,
  readRecording: untouched,
  listSessions: untouched,
  discardSession: untouched,
}

let folder: string
let host: WebHost | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-metrics-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Roundabout</title>')
})

afterEach(async () => {
  await host?.close()
  await rm(folder, { recursive: true })
})

it('are not there unless somebody asks for them at the start', async () => {
  await start()
  expect((await get()).status).toBe(404)
})

it('are served without the token, for reading alone', async () => {
  await start(METRICS)
  const reply = await get()
  expect(reply.status).toBe(200)
  expect(reply.type).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(reply.body).toBe(METRICS.text())
  expect(await get({}, 'HEAD')).toMatchObject({ status: 200, body: '' })
  expect((await get({}, 'POST')).status).toBe(405)
})

it('are not served to other pages, or under another name', async () => {
  await start(METRICS)
  expect((await get({ host: 'elsewhere.example' })).status).toBe(421)
  expect((await get({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

async function start(metrics?: typeof METRICS): Promise<void> {
  host = await startWebHost({ engine, folder, port: 0, warn: () => {}, metrics })
}

function get(headers: Record<string, string> = {}, method = 'GET') {
  const target = { host: '127.0.0.1', port: host?.port, path: '/metrics', method, headers }
  return new Promise<{ status: number | undefined; type: string | undefined; body: string }>(
    (resolve, reject) => {
      const outgoing = request(target)
      outgoing.on('error', reject)
      outgoing.on('response', async (response) => {
        let body = ''
        for await (const piece of response) body += piece
        resolve({ status: response.statusCode, type: response.headers['content-type'], body })
      })
      outgoing.end()
    },
  )
}
