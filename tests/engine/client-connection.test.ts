import { describe, expect, it } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import type { LabEvent } from '../../src/shared/events'
import { UNKNOWN_PROGRAM } from '../../src/shared/ids'
import {
  HALF_SENT_LIMIT_MS,
  LINGER_MS,
  MAX_OUTSTANDING,
  MAX_SERVERS,
} from '../../src/shared/limits'
import {
  composeAnswer,
  composeClientMessage,
  composeErrorAnswer,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { createTestLab, type TestLab } from '../support/test-lab'

async function labWithServer(options: Parameters<typeof createTestLab>[0] = {}): Promise<TestLab> {
  const lab = await createTestLab({
    scenario: { name: 'One', servers: [{ id: '100', policy: '111' }], clients: [] },
    ...options,
  })
  lab.rest()
  return lab
}

const ask = (policy: string, payload: string) => composeClientMessage('50', policy, payload)
const payloads = (count: number) => Array.from({ length: count }, (_, index) => `q${index}`)

describe('a connection to the proxy', () => {
  it('gets an answer for each of very many faults that come at once', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    program.send('{}'.repeat(5_000))
    lab.rest()
    expect(program.answers.length).toBe(5_000)
    expect(program.answers.every(({ error }) => error?.code === 'MISSING_FIELD')).toBe(true)
  })

  it('that brings bytes which are no message counts them as errors', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    program.send('not json')
    lab.rest()
    const { nodes } = lab.engine.state
    expect(nodes.get(UNKNOWN_PROGRAM)).toMatchObject({ errors: 1, received: 1 })
    expect(nodes.get('proxy')?.errors).toBe(1)
  })

  it('may carry messages of several clients: each has its own, in the order of all', async () => {
    const lab = await labWithServer({ latencyMs: 600 })
    const program = lab.program()
    const clients = ['1', '2', '2', '1', '2']
    for (const id of clients) program.send(composeClientMessage(id, '111', `of ${id}`))
    program.connection.end()
    lab.rest()
    expect(program.answers.map(({ destination }) => destination)).toEqual(clients)
    const nodes = clients.map((id) => `outside:client:${id}`)
    const of = (type: LabEvent['type']) => lab.events.filter((event) => event.type === type)
    const ends = of('packet.sent').flatMap((event) =>
      event.type === 'packet.sent' ? [event.from, event.to] : [],
    )
    expect(ends.filter((node) => node === nodes[0]).length).toBe(4)
    expect(ends.filter((node) => node === nodes[1]).length).toBe(6)
    expect(of('exchange.finished')).toMatchObject(nodes.map((client) => ({ client })))
    // The connection is the first one's.
    const outside = of('connection.opened').filter(
      (event) => event.type === 'connection.opened' && event.from.startsWith('outside'),
    )
    expect(outside).toMatchObject([{ from: nodes[0] }])
    expect(lab.engine.state.nodes.get(nodes[1] ?? '')).toMatchObject({ served: 3, inFlight: 0 })
  })

  it('that is closed loses what each of its clients had asked', async () => {
    const lab = await labWithServer({ latencyMs: 600 })
    const program = lab.program()
    program.send(composeClientMessage('1', '111', 'x'), composeClientMessage('2', '111', 'y'))
    lab.settle()
    await lab.engine.execute({ type: 'removeNode', node: 'outside:client:1' })
    lab.rest()
    const lost = lab.events.filter((event) => event.type === 'exchange.finished')
    expect(lost).toMatchObject([
      { client: 'outside:client:1', outcome: 'lost', reason: 'CLIENT_LEFT' },
      { client: 'outside:client:2', outcome: 'lost', reason: 'CLIENT_LEFT' },
    ])
  })

  it('takes in very many registrations that come at once', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    for (let port = 1; port <= 2_000; port++) program.send(composeRegistration('7', '111', port))
    lab.rest()
    expect(lab.engine.state.rows.get('7')?.listenPort).toBe(2_000)
  })

  it('keeps answers in order when those that are waiting let further messages in', async () => {
    const lab = await labWithServer()
    const program = lab.program()
    program.send(ask('111', 'first'))
    const rest = Array.from({ length: 3 * MAX_OUTSTANDING }, (_, index) => `nobody ${index}`)
    for (const policy of rest) program.send(ask(policy, 'x'))
    lab.rest()
    expect(program.answers[0]?.payload).toBe(hashOf('first'))
    expect(program.answers.slice(1).map(({ error }) => error?.message)).toEqual(
      rest.map((policy) => `No server is registered for policy ${policy}.`),
    )
  })

  it('takes in at most MAX_OUTSTANDING messages before the first answer is out', async () => {
    const lab = await labWithServer({ latencyMs: 600 })
    const program = lab.program()
    for (const payload of payloads(300)) program.send(ask('111', payload))
    lab.settle()
    expect(lab.engine.state.inFlight.size).toBe(MAX_OUTSTANDING)
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual(payloads(300).map(hashOf))
  })

  it('holds no more registrations than that, however many are sent while time stands still', async () => {
    const lab = await createTestLab({ latencyMs: 600 })
    await lab.engine.execute({ type: 'pause' })
    const program = lab.program()
    for (let id = 1; id <= 900; id++) program.send(composeRegistration(String(id), '111', 5000))
    lab.settle()
    expect(lab.engine.state.inFlight.size).toBe(MAX_OUTSTANDING)
    await lab.engine.execute({ type: 'resume' })
    lab.rest()
    expect(lab.engine.state.rows.size).toBe(900)
  })
})

describe('an outside client’s answer', () => {
  const verdicts = (lab: TestLab) =>
    lab.events.flatMap((event) =>
      event.type === 'answer.verified' ? [`${event.node} ${event.verdict}`] : [],
    )

  it('is compared with the hash of what it asked before its exchange is finished', async () => {
    const lab = await labWithServer()
    lab.program().send(ask('111', 'ä'), ask('nobody', 'x'))
    lab.rest()
    expect(verdicts(lab)).toEqual(['outside:client:50 correct', 'outside:client:50 error'])
    const { totals, nodes, packets } = lab.engine.state
    expect(totals.verdicts).toEqual({ correct: 1, wrong: 0, error: 1 })
    expect(nodes.get('outside:client:50')?.lastVerdict).toBe('error')
    expect([...packets].flatMap(({ to, verdict }) => (verdict ? [to, verdict] : []))).toEqual([
      'outside:client:50',
      'correct',
      'outside:client:50',
      'error',
    ])
    const types = lab.events.map(({ type }) => type)
    expect(types.indexOf('answer.verified') + 1).toBe(types.indexOf('exchange.finished'))
  })

  it.each([
    ['its question, at the proxy’s edge', 'type:0 to:proxy', ask('111', 'other'), 'wrong'],
    ['its answer', 'type:2 from:proxy', composeAnswer('100', '50', hashOf('other')), 'wrong'],
    [
      'its answer, to the same',
      'type:2 from:proxy',
      composeAnswer('9', '50', hashOf('x')),
      'correct',
    ],
    [
      'its answer, to an error',
      'type:2 from:proxy',
      composeErrorAnswer(50, { code: 'SERVER_CLOSED', message: 'It closed.' }),
      'error',
    ],
  ])('is compared as it comes, where one has edited %s', async (_, filter, bytes, verdict) => {
    const lab = await labWithServer()
    await lab.engine.execute({ type: 'setBreakpoint', filter, once: true })
    lab.program().send(ask('111', 'x'))
    lab.rest()
    const [packet = 0] = lab.engine.state.inFlight.keys()
    const edited = Buffer.from(bytes).toString('base64')
    expect(await lab.engine.execute({ type: 'edit', packet, bytes: edited })).toEqual({ ok: true })
    await lab.engine.execute({ type: 'release', packet })
    lab.rest()
    expect(verdicts(lab)).toEqual([`outside:client:50 ${verdict}`])
  })
})

describe('a registration for which the table has no room', () => {
  it('is done with once: a question after it is answered although its sender has half-closed', async () => {
    const lab = await labWithServer({ latencyMs: 600 })
    const others = lab.program()
    for (let id = 1_001; id < 1_000 + MAX_SERVERS; id++) {
      others.send(composeRegistration(String(id), '222', 5_000))
    }
    lab.rest()
    expect(lab.engine.state.rows.size).toBe(MAX_SERVERS)
    const program = lab.program()
    program.send(composeRegistration('5000', '222', 5_000))
    lab.rest()
    program.send(ask('111', 'x'))
    lab.pass(900)
    program.connection.end()
    lab.rest()
    expect(program.answers.map(({ error, payload }) => error?.code ?? payload)).toEqual([
      'TABLE_FULL',
      hashOf('x'),
    ])
  })
})

describe('a message left half sent', () => {
  it('is answered after its time, and the connection closed', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    program.send('{"type":0,"srcid":50')
    lab.pass(HALF_SENT_LIMIT_MS - 1)
    expect(program.answers).toEqual([])
    lab.pass(1)
    expect(program.answers.map(({ error }) => error?.code)).toEqual(['MESSAGE_HALF_SENT'])
    expect(program.over).toBe(true)
    lab.pass(LINGER_MS)
    expect(lab.engine.state.connections.size).toBe(0)
  })

  it('is answered at once where its sender has half-closed', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    program.send('{"type":0,"srcid":50')
    program.connection.end()
    lab.settle()
    expect(program.answers.map(({ error }) => error?.code)).toEqual(['MESSAGE_HALF_SENT'])
  })

  it('is not given up while its sender goes on sending', async () => {
    const lab = await labWithServer()
    const program = lab.program()
    for (const byte of ask('111', 'slowly')) {
      program.send(Uint8Array.of(byte))
      lab.pass(HALF_SENT_LIMIT_MS / 2)
    }
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('slowly')])
  })

  it('is not given up while the proxy is the one that does not read', async () => {
    const lab = await labWithServer({ latencyMs: 6_000 })
    const program = lab.program()
    for (const payload of payloads(500)) program.send(ask('111', payload))
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual(payloads(500).map(hashOf))
  })

  it('does not grow old while time stands still', async () => {
    const lab = await labWithServer()
    const program = lab.program()
    program.send(ask('111', 'x').subarray(0, 20))
    lab.settle()
    await lab.engine.execute({ type: 'pause' })
    lab.clock.advance(2 * HALF_SENT_LIMIT_MS)
    await lab.engine.execute({ type: 'resume' })
    program.send(ask('111', 'x').subarray(20))
    lab.settle()
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('x')])
  })
})

describe('the end of a connection', () => {
  it('comes after all answers where the client has half-closed', async () => {
    const lab = await labWithServer({ latencyMs: 600 })
    const program = lab.program()
    for (const payload of payloads(100)) program.send(ask('111', payload))
    program.connection.end()
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual(payloads(100).map(hashOf))
    expect(program.over).toBe(true)
  })

  it('comes after the answer to a fatal fault, though its sender goes on', async () => {
    const lab = await labWithServer()
    const program = lab.program()
    program.send(ask('111', 'good'), `{"a":${'['.repeat(100)}`)
    lab.settle()
    for (let i = 0; i < 100; i++) program.send('more and more')
    lab.settle()
    expect(program.answers.map(({ error }) => error?.code)).toEqual([
      undefined,
      'NESTED_TOO_DEEPLY',
    ])
    lab.pass(LINGER_MS)
    expect(lab.engine.state.connections.size).toBe(0)
  })
})
