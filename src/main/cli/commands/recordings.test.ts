import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { ran } from '../testing'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-recordings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

/** Records a client's message for a policy without a server. */
async function recorded(): Promise<string> {
  const file = join(folder, 'lesson.roundabout')
  const stop = new AbortController()
  let client: Promise<unknown> | undefined
  const proxy = await ran(['record', file, '-port', '0'], {
    stopped: stop.signal,
    heard(line) {
      const [, port = ''] = /^Listening on .*port (\d+)$/.exec(line) ?? []
      if (port === '') return
      client = ran(['client', '-id', '7', '-pp', '9', '-revproc', port]).then(() => stop.abort())
    },
  })
  await client
  expect(proxy).toMatchObject({ status: 0, told: `Recorded in ${file}.` })
  return file
}

it('a recorded session is replayed, and becomes a capture', async () => {
  const file = await recorded()
  const { out } = await ran(['replay', file])
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^Listening on /),
    'Received a data message from client 7 privacy policy 9 payload: xyz7',
    'NO_SERVER_FOR_POLICY: No server is registered for policy 9.',
    expect.stringMatching(/^Answering an error to client 7: NO_SERVER_FOR_POLICY/),
  ])
  const client = await ran(['replay', file, '--node', 'outside:client:7', '--speed', '100'])
  expect(client.out).toContain('Sending a data message to the proxy privacy policy 9')
  const events = (await ran(['replay', file, '--json'])).out.split('\n')
  expect(JSON.parse(events[0] ?? '')).toMatchObject({ seq: 1, type: 'proxy.listening' })

  const { bytes } = await ran(['capture', file])
  expect(bytes.readUInt32LE(0)).toBe(0x0a0d0d0a)
  const output = join(folder, 'lesson.pcapng')
  expect(await ran(['capture', file, '--output', output])).toMatchObject({ status: 0, out: '' })
  expect((await readFile(output)).equals(bytes)).toBe(true)
})

it('a terminal gets no bytes', async () => {
  const terminal = { columns: 80, rows: 24, draw() {} }
  const told = expect.stringMatching(/^A capture is not text: add --output FILE/)
  expect(await ran(['capture', 'x'], { terminal })).toMatchObject({ status: 2, told })
})

it.each(['replay', 'capture'])('%s refuses what is no recording, in one sentence', async (name) => {
  const file = join(folder, 'x.roundabout')
  await writeFile(file, 'no recording')
  const { status, told } = await ran([name, file])
  expect([status, told]).toEqual([2, expect.stringMatching(/x[.]roundabout: [^\n]+[.]$/)])
  expect(await ran([name, join(folder, 'nothing')])).toMatchObject({ status: 2 })
})

it('a file that cannot be written is refused before anything runs', async () => {
  const told = expect.stringMatching(/cannot be written: there is no such folder.$/)
  expect(await ran(['record', join(folder, 'no/where')])).toMatchObject({ status: 2, told })
})

it('the app opens files by their whole paths', async () => {
  const { status, opened } = await ran(['open', 'package.json'])
  expect([status, opened]).toEqual([0, [join(process.cwd(), 'package.json')]])
})
