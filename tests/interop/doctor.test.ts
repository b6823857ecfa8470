// The socket doctor: each diagnosis is found in a program that has nothing else, and none in healthy ones.
import { spawnSync } from 'node:child_process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createRealClock } from '../../src/main/engine/clock/real-clock'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { partsOfEvent } from '../../src/shared/carried'
import { findingsOf } from '../../src/shared/diagnosis/doctor/findings'
import { DIAGNOSES } from '../../src/shared/diagnosis/doctor/registry'
import { isOutside } from '../../src/shared/ids'
import { MAX_SPEED, REPLY_LIMIT_MS } from '../../src/shared/limits'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { packetIn } from '../../src/shared/state/packets'
import { until } from '../integration/lab'
import { startProgram } from '../integration/program'
import { commandOf, HEALTHY_PROGRAMS, ILL_PROGRAMS } from './ill-programs'
import { Program } from './program'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here: ill programs in Python are skipped.')

let engine: Engine
/** Paused without the lab's knowledge: what its speed explains is no illness. */
let clock = createRealClock()
/** Real time that is left out: most of the time that a silent program has for its answer. */
let leftOutMs = 0
const ANSWERS_WITHIN_MS = 1_000
/** A healthy program has all of its time, however busy the machine is. */
let isIll = true
let close = async () => {}
let programs: Program[] = []

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()))
  programs = []
  await close()
})

async function startLab(latencyMs: number): Promise<void> {
  const servers = [{ id: '1', policy: '888' }]
  clock = createRealClock({
    host: {
      now: () => performance.now() + leftOutMs,
      setTimer(delayMs, fire) {
        const timer = setTimeout(fire, delayMs)
        return () => clearTimeout(timer)
      },
    },
  })
  const scenario = { ...EMPTY_POOL, servers }
  engine = await createEngine({ proxyPort: 0, latencyMs, scenario, createClock: () => clock })
  close = () => engine.close()
  engine.subscribe((event) => {
    const delivered = partsOfEvent(event).find(({ type }) => type === 'packet.delivered')
    if (delivered?.type !== 'packet.delivered') return
    const { to, kind } = packetIn(engine.state, delivered.packet) ?? {}
    if (!isIll || kind !== 0 || to === undefined || !isOutside(to)) return
    leftOutMs += REPLY_LIMIT_MS - ANSWERS_WITHIN_MS
  })
  await until(engine, () => engine.state.rows.has('1'))
}

function start(command: string, args: readonly string[]): Program {
  const program = new Program(command, args)
  programs.push(program)
  return program
}

async function ask(policy: number, payload: string): Promise<void> {
  const client = startProgram(engine.proxy.port)
  const payloadsize = payload.length
  const question = { type: 0, srcid: 60, privPoliId: policy, payloadsize, payload }
  client.socket.end(JSON.stringify(question))
  await client.answered(1)
  client.socket.destroy()
}

/** What the doctor found at each program: the ids of its diagnoses. */
function found(): string[] {
  return [...engine.state.examinations.values()].flatMap((examination) =>
    findingsOf(examination).map(({ diagnosis }) => diagnosis.id),
  )
}

/** Plays the whole life of the program in the lab. */
async function play(one: (typeof ILL_PROGRAMS)[string], speed = 1): Promise<void> {
  const { role, endsFirst, messages = 1 } = one
  isIll = Object.values(ILL_PROGRAMS).includes(one)
  await startLab(endsFirst ? 20 : 0)
  const [command, args] = commandOf(one, engine.proxy.port)
  if (endsFirst) clock.pause()
  else await engine.execute({ type: 'setSpeed', speed })
  const program = start(command, args)
  if (role === 'server') {
    await program.line(/^ready$/)
    await until(engine, () => engine.state.rows.has('7'))
    for (let message = 1; message <= messages; message++) await ask(777, `hello ${message}`)
    return
  }
  if (one.isTold) {
    await until(engine, () => engine.state.totals.sent[0] > 0)
    program.tell('go')
  }
  expect(await program.ended()).toBe(0)
  // What its system has sent is read.
  for (let turn = 0; turn < 10; turn++) await nextTurn()
  if (endsFirst) clock.resume()
  await until(engine, () => {
    const { begun, answered, refused, lost } = engine.state.totals.exchanges
    return begun === answered + refused + lost && engine.state.inFlight.size === 0
  })
}

describe('an ill program', () => {
  it('is there for each diagnosis', () => {
    expect(Object.keys(ILL_PROGRAMS)).toEqual(DIAGNOSES.map(({ id }) => id))
  })

  for (const [id, one] of Object.entries(ILL_PROGRAMS)) {
    it.skipIf(one.language === 'python' && !hasPython)(`has ${id}, and nothing else`, async () => {
      await play(one)
      await until(engine, () => found().includes(id))
      expect(found()).toEqual([id])
      const findings = [...engine.state.examinations.values()].flatMap(findingsOf)
      expect(findings[0]?.symptom.seen).toMatch(/[.]$/)
    })
  }
})

describe('a healthy program has nothing, also in a lab that runs ten times as fast', () => {
  for (const [name, one] of Object.entries(HEALTHY_PROGRAMS)) {
    it.skipIf(one.language === 'python' && !hasPython)(name, async () => {
      await play(one, MAX_SPEED)
      expect(found()).toEqual([])
    })
  }
})
