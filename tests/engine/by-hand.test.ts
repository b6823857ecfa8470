// A server that answers by hand, in the whole engine on simulated time.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import {
  HAND_REPLY_LIMIT_MS,
  MAX_TO_ANSWER_CHARS,
  MAX_TYPED_CHARS,
  REPLY_LIMIT_MS,
} from '../../src/shared/limits'
import type { Scenario } from '../../src/shared/scenario'
import { scenarioOf } from '../../src/shared/scenario-file'
import { settled } from '../../src/shared/settings/derive'
import { BEHAVIOUR } from '../../src/shared/settings/features/behaviour'
import { createTestLab, type TestLab } from '../support/test-lab'

type Server = Scenario['servers'][number]
type InUse = Exclude<NonNullable<Server['work']>, 'off'>

const BY_HAND: InUse = { ms: 40, distribution: 'by-hand', atOnce: 1, queue: 100 }
const SERVER = 'server:701'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

async function labWith(more: Partial<Server> = {}, work: Partial<InUse> = {}) {
  const lab = await createTestLab({
    scenario: {
      name: 'By hand',
      seed: 7,
      servers: [{ id: '701', policy: '111', work: { ...BY_HAND, ...work }, ...more }],
      clients: [
        { id: '1', policy: '111', payload: 'xyz' },
        { id: '2', policy: '111', payload: 'ä “quoted”' },
      ],
    },
  })
  lab.rest()
  return lab
}

const send = async (lab: TestLab, client = '1', payload?: string) => {
  await lab.engine.execute({
    type: 'sendMessage',
    client: `client:${client}`,
    ...(payload !== undefined && { payload }),
  })
  lab.settle()
}
const answer = async (lab: TestLab, exchange: number, payload: string) => {
  const result = await lab.engine.execute({
    type: 'answerByHand',
    server: SERVER,
    exchange,
    payload,
  })
  lab.settle()
  return result
}
const server = (lab: TestLab) => lab.engine.state.nodes.get(SERVER)
const awaited = (lab: TestLab) => server(lab)?.byHand?.awaited ?? []
const outcomes = (lab: TestLab) => server(lab)?.byHand?.ended.map(({ outcome }) => outcome)

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}
const finished = (lab: TestLab) => eventsOf(lab, 'exchange.finished')
const verdicts = (lab: TestLab) => eventsOf(lab, 'answer.verified').map(({ verdict }) => verdict)

/** The exchange of the message that waits in this place. */
const waiting = (lab: TestLab, index = 0) => awaited(lab)[index]?.exchange ?? 0

describe.each([
  ['one connection for each message', false],
  ['one kept connection', true],
])('over %s', (_name, keepConnection) => {
  it('what is typed goes out exactly so, and the client sees whether it is right', async () => {
    const lab = await labWith({ keepConnection })
    for (const typed of [sha1('xyz'), sha1('xyz').toUpperCase(), '', 'ä\n"\\ \u0000']) {
      await send(lab)
      expect(awaited(lab)).toMatchObject([{ client: '1', payload: 'xyz', hash: sha1('xyz') }])
      expect(await answer(lab, waiting(lab), typed)).toMatchObject({ ok: true })
      const sent = eventsOf(lab, 'packet.sent').findLast(({ from }) => from === SERVER)
      expect(JSON.parse(new TextDecoder().decode(sent?.bytes))).toMatchObject({
        type: 2,
        payload: typed,
        payloadsize: Buffer.byteLength(typed),
      })
    }
    expect(verdicts(lab)).toEqual(['correct', 'wrong', 'wrong', 'wrong'])
    expect(finished(lab).map(({ outcome }) => outcome)).toEqual(Array(4).fill('answered'))
    expect(outcomes(lab)).toEqual(['correct', 'wrong', 'wrong', 'wrong'])
    expect(awaited(lab)).toEqual([])
  })

  it('as many messages as it works on at once are a person’s, and the others wait in the server', async () => {
    const lab = await labWith({ keepConnection }, { atOnce: 2 })
    for (const client of ['1', '2', '1', '2']) await send(lab, client)
    expect(awaited(lab).map(({ payload }) => payload)).toEqual(['xyz', 'ä “quoted”'])
    expect(server(lab)).toMatchObject({ working: 2, waiting: 2 })
    await answer(lab, waiting(lab, 1), sha1('ä “quoted”'))
    expect(awaited(lab).map(({ payload }) => payload)).toEqual(['xyz', 'xyz'])
    expect(server(lab)).toMatchObject({ working: 2, waiting: 1 })
  })
})

it('a person has two minutes of simulated time, from the server’s last answer on', async () => {
  const lab = await labWith()
  await send(lab)
  await send(lab, '2')
  lab.pass(HAND_REPLY_LIMIT_MS - 1)
  expect(finished(lab)).toEqual([])
  await answer(lab, waiting(lab), sha1('xyz'))
  lab.pass(HAND_REPLY_LIMIT_MS - 1)
  expect(awaited(lab)).toHaveLength(1)
  lab.pass(1)
  expect(finished(lab)).toMatchObject([
    { outcome: 'answered' },
    { outcome: 'refused', reason: 'SERVER_TIMEOUT' },
  ])
  expect(awaited(lab)).toEqual([])
  expect(outcomes(lab)).toEqual(['correct', 'closed'])
  const late = eventsOf(lab, 'answer.ended').at(-1)?.exchange ?? 0
  expect(await answer(lab, late, sha1('x'))).toMatchObject({
    ok: false,
    error: `Message ${late} does not wait for an answer by hand at server 701: it has been answered, or nobody waits for the answer any more.`,
  })
  expect(lab.engine.state.connections.size).toBe(2)
})

it('the usual limit holds again once it no longer answers by hand', async () => {
  const lab = await labWith()
  await lab.engine.execute({
    type: 'updateServer',
    node: SERVER,
    work: { ...BY_HAND, distribution: 'constant', ms: 2 * REPLY_LIMIT_MS },
  })
  await send(lab)
  lab.pass(REPLY_LIMIT_MS)
  expect(finished(lab)).toMatchObject([{ outcome: 'refused', reason: 'SERVER_TIMEOUT' }])
})

it('a message is taken away once the proxy has noticed that its client has left, also out of the server’s queue', async () => {
  const lab = await labWith()
  const programs = [1, 2, 3].map((id) => {
    const program = lab.program()
    program.send(`{"type":0,"srcid":${id},"privPoliId":111,"payloadsize":1,"payload":"x"}`)
    lab.settle()
    return program
  })
  expect(server(lab)).toMatchObject({ working: 1, waiting: 2 })
  for (const index of [1, 0]) {
    programs[index]?.connection.reset()
    lab.settle()
  }
  expect(outcomes(lab)).toEqual(['closed'])
  expect(awaited(lab)).toMatchObject([{ client: '3' }])
  expect(server(lab)).toMatchObject({ working: 1, waiting: 0 })
})

it('what nobody waits for any more, without the proxy’s noticing it, is no longer among those that are asked', async () => {
  const lab = await labWith()
  await send(lab)
  const exchange = waiting(lab)
  expect(lab.engine.state.asking.has(exchange)).toBe(true)
  await lab.engine.execute({ type: 'removeNode', node: 'client:1' })
  lab.settle()
  expect(waiting(lab)).toBe(exchange)
  expect(lab.engine.state.asking.has(exchange)).toBe(false)
  expect(await answer(lab, exchange, 'x')).toMatchObject({ ok: true })
  lab.rest()
  expect(lab.engine.state.inFlight.size).toBe(0)
})

it.each([
  ['removed', { type: 'removeNode', node: SERVER }],
  ['stopped', { type: 'updateServer', node: SERVER, stopped: true }],
  ['reset', { type: 'reset' }],
] as const)('the server is %s: nothing waits any more', async (_name, command) => {
  const lab = await labWith()
  await send(lab)
  await send(lab)
  await lab.engine.execute(command)
  lab.settle()
  expect(eventsOf(lab, 'answer.ended').map(({ outcome }) => outcome)).toEqual(['stopped'])
  expect(awaited(lab)).toEqual([])
  if (command.type === 'reset') return
  await lab.engine.execute({ type: 'undo' })
  lab.rest()
  await send(lab)
  expect(awaited(lab)).toHaveLength(1)
})

it('is a setting like any other: undone, saved, opened again', async () => {
  const lab = await labWith()
  await send(lab)
  const { engine } = lab
  await engine.execute({ type: 'updateServer', node: SERVER, work: 'off' })
  lab.settle()
  expect(verdicts(lab)).toEqual(['correct'])
  expect(outcomes(lab)).toEqual(['released'])
  const undone = await engine.execute({ type: 'undo' })
  expect(undone).toMatchObject({ ok: true, change: { label: 'switch off the work of server 701' } })
  await send(lab)
  expect(awaited(lab)).toHaveLength(1)
  const { contents } = scenarioOf(engine.state)
  expect(contents.servers[0]?.work).toEqual({ distribution: 'by-hand' })
})

it('typing is no change of the set-up, and nothing to undo', async () => {
  const lab = await labWith()
  await send(lab)
  await answer(lab, waiting(lab), 'x')
  expect(await lab.engine.execute({ type: 'undo' })).toMatchObject({ ok: false })
})

it('refuses what cannot be: too long an answer, no such message, no such server, too many at once', async () => {
  const lab = await labWith()
  await send(lab)
  const exchange = waiting(lab)
  const error = async (server: string, number: number, payload: string) => {
    const command = { type: 'answerByHand', server, exchange: number, payload }
    const result = await lab.engine.execute(command)
    return result.ok ? '' : result.error
  }
  expect(await error(SERVER, exchange, 'x'.repeat(MAX_TYPED_CHARS + 1))).toBe(
    `payload: An answer has at most ${MAX_TYPED_CHARS} characters; this one has ${MAX_TYPED_CHARS + 1}.`,
  )
  expect(await error(SERVER, exchange + 1, 'x')).toContain(`Message ${exchange + 1} does not wait`)
  expect(await error('server:9', exchange, 'x')).toBe('There is no built-in server server:9.')
  expect(await error('client:1', exchange, 'x')).toBe('There is no built-in server client:1.')
  expect(awaited(lab)).toHaveLength(1)
  const many = { ...BY_HAND, atOnce: 21 }
  expect(
    await lab.engine.execute({ type: 'updateServer', node: SERVER, work: many }),
  ).toMatchObject({
    ok: false,
    error: expect.stringContaining('A person who answers by hand has at most 20'),
  })
  expect(await error(SERVER, exchange, 'x'.repeat(MAX_TYPED_CHARS))).toBe('')
  lab.settle()
  expect(verdicts(lab)).toEqual(['wrong'])
})

it('answers while the lab is paused wait for Play, as messages do', async () => {
  const lab = await labWith()
  await send(lab)
  await lab.engine.execute({ type: 'updateLinks', latencyMs: 100 })
  await lab.engine.execute({ type: 'pause' })
  await answer(lab, waiting(lab), sha1('xyz'))
  lab.pass(1_000)
  expect([finished(lab).length, awaited(lab).length]).toEqual([0, 0])
  await lab.engine.execute({ type: 'resume' })
  lab.rest()
  expect(verdicts(lab)).toEqual(['correct'])
})

it('health checks with a message are answered without the person', async () => {
  const lab = await labWith()
  await lab.engine.execute({
    type: 'updatePool',
    policy: '111',
    checks: { way: 'message', intervalMs: 100, fall: 1, rise: 1, outside: false, errorLimit: 0 },
  })
  lab.pass(1_000)
  expect(eventsOf(lab, 'check.ended').length).toBeGreaterThan(5)
  expect(eventsOf(lab, 'check.ended').every(({ passed }) => passed)).toBe(true)
  expect(awaited(lab)).toEqual([])
})

it('a way to fail acts on what is typed', async () => {
  const behaviour = (kind: 'slow' | 'other-destid') => settled(BEHAVIOUR.settings, { kind, ms: 50 })
  const lab = await labWith({ behaviour: behaviour('slow') })
  await send(lab)
  await answer(lab, waiting(lab), 'x')
  expect(verdicts(lab)).toEqual([])
  lab.pass(50)
  expect(verdicts(lab)).toEqual(['wrong'])
  await lab.engine.execute({
    type: 'updateServer',
    node: SERVER,
    behaviour: behaviour('other-destid'),
  })
  await send(lab)
  await answer(lab, waiting(lab), sha1('xyz'))
  expect(eventsOf(lab, 'answer.misaddressed')).toHaveLength(1)
  expect(verdicts(lab)).toEqual(['wrong', 'correct'])
})

it('a long payload is shown cut off, and hashed whole', async () => {
  const lab = await labWith()
  const payload = 'long '.repeat(100)
  await send(lab, '1', payload)
  expect(awaited(lab)[0]?.payload).toHaveLength(MAX_TO_ANSWER_CHARS)
  await answer(lab, waiting(lab), awaited(lab)[0]?.hash ?? '')
  expect(verdicts(lab)).toEqual(['correct'])
})
