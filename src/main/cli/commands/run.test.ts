import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ran } from '../testing'

const run = (...args: string[]) => ran(['run', ...args])
const example = (name: string) => `examples/${name}.roundabout-scenario`

async function written(scenario: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-run-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'lab.roundabout-scenario')
  await writeFile(file, JSON.stringify({ format: 'roundabout-scenario', version: 5, ...scenario }))
  return file
}

describe('a played scenario', () => {
  it('is summed up in one line of JSON, with fields in a fixed order', async () => {
    const file = await written({
      servers: [
        { id: '100', policy: '111' },
        { id: '300', policy: '111', behaviour: { kind: 'wrong-hash' } },
      ],
      clients: [
        { id: '1', policy: '111', payload: 'a' },
        { id: '2', policy: '111', payload: 'b' },
        { id: '3', policy: '222', payload: 'c' },
      ],
    })
    const { status, out } = await run(file, '--json', '--decisions')
    expect([status, out]).toEqual([
      0,
      '{"scenario":"lab","seed":1,"simulatedMs":3150,"messages":{"sent":3,"answered":1,"refused":1,"lost":1},"latencyMs":{"p50":2400,"p90":2400,"p99":2400,"max":2400},"policies":{"111":{"algorithm":"round-robin","decisions":["100","300"],"servers":{"100":{"chosen":1,"served":1,"failed":0},"300":{"chosen":1,"served":0,"failed":1}}},"222":{"algorithm":"round-robin","decisions":[null],"servers":{}}},"compare":[]}',
    ])
  })

  it('needs nobody who types: a server that answers by hand is refused', async () => {
    const file = await written({
      servers: [{ id: '701', policy: '111', work: { distribution: 'by-hand' } }],
      clients: [{ id: '1', policy: '111', payload: 'a' }],
    })
    const { status, told } = await run(file)
    expect(status).not.toBe(0)
    expect(told).toContain('Server 701 answers by hand, and nobody is here who types')
  })

  it('is the same byte for byte each time, and another one under another seed', async () => {
    const file = example('two-choices-beside-random')
    const args = [file, '--json', '--decisions', '--for', '20000']
    const { out } = await run(...args)
    expect((await run(...args)).out).toBe(out)
    expect((await run(...args, '--seed', '7')).out).toBe(out)
    const other = JSON.parse((await run(...args, '--seed', '2')).out)
    expect(other.seed).toBe(2)
    expect(other.policies).not.toEqual(JSON.parse(out).policies)
  })

  it('has what its file compares, under the same arrivals', async () => {
    const file = example('the-same-arrivals-under-two-algorithms')
    const args = [file, '--json', '--for', '3000']
    const { out } = await run(...args)
    expect((await run(...args)).out).toBe(out)
    const { messages, compare } = JSON.parse(out)
    expect(compare.map(({ name }: { name: string }) => name)).toEqual([
      'In turn',
      'Fewest in flight',
    ])
    for (const one of compare) expect(one.messages.sent).toBe(messages.sent)
  })

  it('is summed up for a person', async () => {
    expect(await run(example('fewest-in-flight'))).toMatchObject({
      status: 0,
      told: '',
      out: expect.stringMatching(/^Messages: \d+ sent, \d+ answered, 0 refused, 0 lost$/m),
    })
  })

  it('has no more than its time', async () => {
    const file = await written({
      servers: [{ id: '100', policy: '111', behaviour: { kind: 'silent' } }],
      clients: [{ id: '1', policy: '111', payload: 'a' }],
    })
    const { out } = await run(file, '-for', '1500')
    expect(out).toContain('1500 ms of simulated time')
    expect(out).toContain('1 sent, 0 answered, 0 refused, 0 lost, 1 not ended')
  })

  it('runs on real sockets, too', async () => {
    const file = await written({
      latencyMs: 0,
      servers: [{ id: '100', policy: '111' }],
      clients: [{ id: '1', policy: '111', payload: 'a' }],
    })
    const { out } = await run(file, '--real', '--json')
    expect(JSON.parse(out).messages).toEqual({ sent: 1, answered: 1, refused: 0, lost: 0 })
  })

  it('ends when it is stopped', async () => {
    const { status, out } = await ran(['run', example('fewest-in-flight')], {
      stopped: AbortSignal.abort(),
    })
    expect([status, out]).toEqual([130, expect.stringContaining('1 not ended')])
  })
})

describe('a file that cannot be played', () => {
  it.each([
    ['nowhere', 'nowhere cannot be read: there is no such file.'],
    ['package.json', 'package.json: It is no scenario of Roundabout'],
    ['README.md', 'README.md: Line 1, column 1: '],
  ])('%s is refused', async (file, words) => {
    const told = expect.stringContaining(words)
    expect(await run(file)).toMatchObject({ status: 2, out: '', told })
  })

  it('is refused with the place of the mistake', async () => {
    const file = await written({ servers: [{ id: '1' }], clients: [] })
    const told = expect.stringMatching(
      /servers\[0\][.]policy \(line 1\): It is missing: add it[.]$/,
    )
    expect(await run(file)).toMatchObject({ status: 2, told })
  })
})
