// Students' programs at the proxy: where one is stuck, the answer, the terminals and the table say what it waits for.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { MAX_SPEED } from '../../src/shared/limits'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { until } from '../integration/lab'
import { startProgram } from '../integration/program'
import { Program } from './program'
import { studentProgram } from './student-programs'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('There is no python3 here: the tests with students’ programs are skipped.')

let engine: Engine
let programs: Program[]

beforeEach(() => {
  programs = []
})

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()))
  await engine.close()
})

function python(...args: string[]): Program {
  const program = new Program('python3', args)
  programs.push(program)
  return program
}

describe.skipIf(!hasPython)('a server that is stuck', () => {
  async function joins(name: Parameters<typeof studentProgram>[0]): Promise<void> {
    engine = await createEngine({ proxyPort: 0, latencyMs: 20, scenario: EMPTY_POOL })
    await engine.execute({ type: 'setSpeed', speed: MAX_SPEED })
    await python('-c', studentProgram(name, engine.proxy.port)).line(/^ready$/)
    await until(engine, () => engine.state.rows.has('7'))
  }

  /** Asks server 7 once; returns the error's sentence, or '' for a hash. */
  async function ask(): Promise<string> {
    const client = startProgram(engine.proxy.port)
    client.socket.end(
      '{"type": 0, "srcid": 50, "privPoliId": 777, "payloadsize": 5, "payload": "hello"}',
    )
    await client.answered(1)
    return client.answers[0]?.error?.message ?? ''
  }

  /** That sentence is in the answer, in the terminals of the proxy and of the server, and in the table. */
  function saidEverywhere(sentence: string): void {
    const { logs, rows } = engine.state
    for (const node of ['proxy', 'outside:server:7']) {
      expect(logs.get(node)?.map(({ text }) => text)).toContain(sentence)
    }
    expect(rows.get('7')).toMatchObject({ health: 'down', lastFailure: { detail: sentence } })
  }

  it.each([
    ['WAITS_FOR_ACKNOWLEDGEMENT', 'still has the connection open that it registered on'],
    ['READS_LINES', 'it seems to read lines'],
    ['READS_UNTIL_THE_END', 'it seems to read until the end'],
  ] as const)('%s: the answer says so', async (name, words) => {
    await joins(name)
    const sentence = await ask()
    expect(sentence).toContain(words)
    saidEverywhere(sentence)
  })

  it('since it accepts one connection only', async () => {
    await joins('ACCEPTS_ONCE')
    expect(await ask()).toBe('')
    const sentence = await ask()
    expect(sentence).toContain('does it call accept() again')
    saidEverywhere(sentence)
  })

  it('is not, where it has one thread: the twelfth client waits longer than ten seconds', async () => {
    await joins('ONE_THREAD')
    const began = engine.state.at
    expect(await Promise.all(Array.from({ length: 12 }, ask))).toEqual(Array(12).fill(''))
    expect(engine.state.at - began).toBeGreaterThan(10_000)
    expect(engine.state.totals.exchanges).toMatchObject({ answered: 12, refused: 0, lost: 0 })
  })

  it('is not, where it writes again after its answer; the terminals say that this is lost', async () => {
    await joins('WRITES_AGAIN')
    expect(await ask()).toBe('')
    for (const node of ['proxy', 'outside:server:7']) {
      expect(engine.state.logs.get(node)?.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('for which no message waits'),
      )
    }
  })
})

describe.skipIf(!hasPython)('beside the servers of the lab', () => {
  it('the homework’s own script has the ports that it names, on the proxy’s usual port', async () => {
    engine = await createEngine({ latencyMs: 0 })
    const script = python('-c', studentProgram('HOMEWORK', engine.proxy.port))
    await script.line(/^ready$/)
    const isOutside = (id: string) => engine.state.rows.get(id)?.node === `outside:server:${id}`
    await until(engine, () => ['100', '200', '300', '400'].every(isOutside))
    script.tell('ask')
    expect(await script.ended()).toBe(0)
    const [, ...lines] = script.lines
    expect(lines).toHaveLength(6)
    for (const line of lines) expect(line).toMatch(/^client \d server \d00 correct$/)
  })

  it('an added server and the example’s have ids of their own', async () => {
    engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
    expect(await engine.execute({ type: 'addServer', policy: '333' })).toMatchObject({
      ok: true,
      node: 'server:1001',
    })
    const example = join(import.meta.dirname, '../../examples/server.py')
    await python(example, '--proxy-port', String(engine.proxy.port)).line(/^Server 500 serves/)
    await until(engine, () => engine.state.rows.has('500'))
    expect(engine.state.rows.get('1001')?.node).toBe('server:1001')
    expect(engine.state.rows.get('500')?.node).toBe('outside:server:500')
  })
})
