import { describe, expect, it } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { toldApart } from '../../src/shared/carried.testing'
import type { Command } from '../../src/shared/commands'
import type { EventBody, LabEvent } from '../../src/shared/events'
import { MAX_OUTSTANDING, REPLY_LIMIT_MS } from '../../src/shared/limits'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { createTestLab, type TestLab } from '../support/test-lab'

const OUTSIDE_PORT = 5_000
const LONG_MS = 10 * REPLY_LIMIT_MS

/** The ways of a message, each as what stops it there. */
const TO_PROXY = 'type:0 to:proxy'
const TO_SERVER = 'type:0 from:proxy'
const ANSWER_TO_PROXY = 'type:2 to:proxy'
const ANSWER_TO_CLIENT = 'type:2 from:proxy'

async function labWithPool(latencyMs = 0): Promise<TestLab> {
  const lab = await createTestLab({
    latencyMs,
    scenario: {
      name: 'One of each',
      servers: [{ id: '100', policy: '111' }],
      clients: [{ id: '1', policy: '111', payload: 'xyz1' }],
    },
  })
  lab.rest()
  return lab
}

async function does(lab: TestLab, command: Command): Promise<void> {
  expect(await lab.engine.execute(command)).toMatchObject({ ok: true })
}

const send = (lab: TestLab, payload = 'xyz1') =>
  does(lab, { type: 'sendMessage', client: 'client:1', payload })

/** Holds the next packet of this kind; `then` makes it come. Returns the packet. */
async function hold(lab: TestLab, filter: string, then: () => unknown): Promise<number> {
  await does(lab, { type: 'setBreakpoint', filter, once: true })
  const before = lab.events.length
  await then()
  lab.pass(5_000)
  const held = lab.events
    .slice(before)
    .flatMap((event) => (event.type === 'packet.held' ? [event.packet] : []))
  expect(held.length).toBe(1)
  return held[0] ?? 0
}

type Of<T extends EventBody['type']> = Extract<LabEvent, { type: T }>

function told<T extends LabEvent['type']>(lab: TestLab, type: T): Of<T>[] {
  return toldApart(lab.events).filter((event): event is Of<T> => event.type === type)
}

const finished = (lab: TestLab) => told(lab, 'exchange.finished')
const warnings = (lab: TestLab) =>
  told(lab, 'log').flatMap(({ level, text }) => (level === 'info' ? [] : [text]))
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')

/** Serves policy 222 as server 7: answers each question right, and stays, or closes. */
async function joinServer(lab: TestLab, { closes = false } = {}): Promise<void> {
  await lab.network.listen({
    host: lab.engine.proxy.host,
    port: OUTSIDE_PORT,
    accept(connection) {
      const scanner = new MessageScanner()
      connection.setHandlers({
        data(bytes) {
          for (const item of scanner.push(bytes)) {
            if (item.kind !== 'message' || item.message.type !== 0) continue
            const { source, payload } = item.message
            connection.write(composeAnswer('7', source, hashOf(payload)))
            if (closes) connection.end()
          }
        },
        ended: () => connection.end(),
        closed() {},
      })
    },
  })
  const program = lab.program()
  program.send(composeRegistration('7', '222', OUTSIDE_PORT))
  program.connection.end()
  lab.rest()
}

describe('a question that is dropped by hand', () => {
  it('of an inside client is lost, and the next one has its own answer', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, TO_PROXY, () => send(lab))
    await send(lab, 'second')
    await does(lab, { type: 'drop', packet })
    lab.rest()
    expect(finished(lab)).toMatchObject([
      { exchange: packet, outcome: 'lost', reason: 'DROPPED_BY_HAND' },
      { exchange: packet + 1, outcome: 'answered' },
    ])
    expect(told(lab, 'answer.verified')).toMatchObject([{ verdict: 'correct' }])
  })

  it('of an outside program gets no answer: the program waits, and may ask on', async () => {
    const lab = await labWithPool()
    const program = lab.program()
    const packet = await hold(lab, TO_PROXY, () =>
      program.send(composeClientMessage('50', '111', 'lost')),
    )
    await does(lab, { type: 'drop', packet })
    lab.rest()
    expect([program.answers.length, program.over]).toEqual([0, false])
    program.send(composeClientMessage('50', '111', 'kept'))
    program.connection.end()
    lab.rest()
    expect(program.answers).toMatchObject([{ payload: hashOf('kept') }])
    expect(program.over).toBe(true)
    expect(finished(lab)).toMatchObject([
      { outcome: 'lost', client: 'outside:client:50', reason: 'DROPPED_BY_HAND' },
      { outcome: 'answered' },
    ])
  })

  it('of an outside program makes room for one more', async () => {
    const lab = await labWithPool()
    await does(lab, { type: 'setBreakpoint', filter: TO_PROXY })
    const program = lab.program()
    for (let count = 0; count < MAX_OUTSTANDING + 2; count++) {
      program.send(composeClientMessage('50', '111', `q${count}`))
    }
    lab.rest()
    const asked = () => told(lab, 'packet.sent').filter(({ from }) => from.includes('client:50'))
    expect(asked().length).toBe(MAX_OUTSTANDING)
    await does(lab, { type: 'drop', packet: asked()[0]?.packet ?? 0 })
    lab.rest()
    expect(asked().length).toBe(MAX_OUTSTANDING + 1)
  })

  it('on its way to a server is waited for: the server does not answer in time', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, TO_SERVER, () => send(lab))
    lab.pass(LONG_MS)
    expect(finished(lab)).toEqual([])
    await does(lab, { type: 'drop', packet })
    lab.pass(REPLY_LIMIT_MS - 1)
    expect(finished(lab)).toEqual([])
    lab.pass(1)
    expect(finished(lab)).toMatchObject([{ outcome: 'refused', reason: 'SERVER_TIMEOUT' }])
    expect(lab.engine.state.rows.get('100')?.health).toBe('down')
  })
})

describe('an answer that is dropped by hand', () => {
  it.each(['inside', 'outside'])(
    'on its way from an %s server is waited for in vain',
    async (origin) => {
      const lab = await labWithPool()
      if (origin === 'outside') await joinServer(lab)
      const policy = origin === 'outside' ? '222' : '111'
      const packet = await hold(lab, ANSWER_TO_PROXY, () =>
        does(lab, { type: 'sendMessage', client: 'client:1', policy }),
      )
      lab.pass(LONG_MS)
      expect(finished(lab)).toEqual([])
      await does(lab, { type: 'drop', packet })
      lab.rest()
      expect(finished(lab)).toMatchObject([{ outcome: 'refused', reason: 'SERVER_TIMEOUT' }])
    },
  )

  it('of a server that closes after it leaves the end of the connection', async () => {
    const lab = await labWithPool()
    await joinServer(lab, { closes: true })
    const packet = await hold(lab, ANSWER_TO_PROXY, () =>
      does(lab, { type: 'sendMessage', client: 'client:1', policy: '222' }),
    )
    await does(lab, { type: 'drop', packet })
    lab.settle()
    expect(finished(lab)).toMatchObject([{ outcome: 'refused', reason: 'SERVER_CLOSED' }])
  })

  it('on its way to an inside client never comes, and the next one is not taken for it', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, ANSWER_TO_CLIENT, () => send(lab))
    await does(lab, { type: 'drop', packet })
    await send(lab, 'second')
    lab.rest()
    expect(finished(lab)).toMatchObject([
      { outcome: 'lost', reason: 'DROPPED_BY_HAND' },
      { outcome: 'answered' },
    ])
    expect([told(lab, 'answer.verified').map(({ verdict }) => verdict), warnings(lab)]).toEqual([
      ['correct'],
      [],
    ])
  })

  it('on its way to an outside program never comes, and its connection may end', async () => {
    const lab = await labWithPool()
    const program = lab.program()
    const packet = await hold(lab, ANSWER_TO_CLIENT, () => {
      program.send(composeClientMessage('50', '111', 'x'))
      program.connection.end()
    })
    expect(program.over).toBe(false)
    await does(lab, { type: 'drop', packet })
    lab.rest()
    expect([program.answers.length, program.over]).toEqual([0, true])
    expect(finished(lab)).toMatchObject([{ outcome: 'lost', reason: 'DROPPED_BY_HAND' }])
  })
})

describe('an answer too many that is held', () => {
  it('and dropped leaves the kept connection as if it had not come', async () => {
    const lab = await createTestLab()
    let dialled = 0
    await lab.network.listen({
      host: lab.engine.proxy.host,
      port: OUTSIDE_PORT,
      accept(connection) {
        dialled++
        const answer = composeAnswer('7', '50', hashOf('x'))
        const answers = [answer, answer]
        connection.setHandlers({
          data(bytes) {
            if (bytes.at(-1) !== '}'.charCodeAt(0)) return
            for (const next of answers.splice(0)) connection.write(next)
            answers.push(answer)
          },
          ended() {},
          closed() {},
        })
      },
    })
    lab.program().send(composeRegistration('7', '222', OUTSIDE_PORT))
    lab.rest()
    await does(lab, { type: 'updateServer', node: 'outside:server:7', keepConnection: true })
    await does(lab, { type: 'setBreakpoint', filter: ANSWER_TO_PROXY })
    const program = lab.program()
    program.send(composeClientMessage('50', '222', 'x'))
    lab.pass(1_000)
    const [first = 0, second = 0] = told(lab, 'packet.held').map(({ packet }) => packet)
    await does(lab, { type: 'release', packet: first })
    await does(lab, { type: 'drop', packet: second })
    await does(lab, { type: 'removeBreakpoint', id: 1 })
    lab.pass(1_000)
    program.send(composeClientMessage('50', '222', 'x'))
    lab.rest()
    expect([program.answers.length, dialled, new Set(warnings(lab)).size]).toEqual([2, 1, 1])
  })
})

describe('a registration', () => {
  it('that is dropped by hand puts nobody into the table, and its connection ends', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, 'type:1', () =>
      lab.engine.execute({ type: 'addServer', id: '200', policy: '111' }),
    )
    await does(lab, { type: 'drop', packet })
    lab.rest()
    const { rows, connections } = lab.engine.state
    expect([[...rows.keys()], [...connections.values()]]).toEqual([['100'], []])
  })

  it('that is sent twice is told twice, and is one row', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, 'type:1', () =>
      lab.engine.execute({ type: 'addServer', id: '200', policy: '111' }),
    )
    await does(lab, { type: 'sendTwice', packet })
    lab.rest()
    const rows = told(lab, 'row.set').filter(({ row }) => row.server === '200')
    expect(rows.length).toBe(2)
    expect([...lab.engine.state.rows.keys()]).toEqual(['100', '200'])
    expect(lab.engine.state.connections.size).toBe(0)
  })

  it('that is edited to another port leads there, and what a program there gets is delivered', async () => {
    const lab = await labWithPool()
    await joinServer(lab)
    const packet = await hold(lab, 'type:1', () =>
      lab.engine.execute({ type: 'addServer', id: '200', policy: '333' }),
    )
    const bytes = base64(composeRegistration('200', '333', OUTSIDE_PORT))
    await does(lab, { type: 'edit', packet, bytes })
    await does(lab, { type: 'release', packet })
    lab.rest()
    await does(lab, { type: 'sendMessage', client: 'client:1', policy: '333' })
    lab.rest()
    expect(finished(lab)).toMatchObject([{ outcome: 'answered', server: '7' }])
    expect(lab.engine.state.inFlight.size).toBe(0)
  })
})

describe('what is sent twice by hand', () => {
  it('is, of a client’s question, another question, with another answer', async () => {
    const lab = await labWithPool(600)
    const program = lab.program()
    const packet = await hold(lab, `${TO_PROXY} is:outside`, () => {
      program.send(composeClientMessage('50', '111', 'x'))
      program.connection.end()
    })
    await does(lab, { type: 'sendTwice', packet })
    const inside = await hold(lab, TO_PROXY, () => send(lab))
    await does(lab, { type: 'sendTwice', packet: inside })
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('x'), hashOf('x')])
    expect(program.over).toBe(true)
    expect(finished(lab).map(({ outcome }) => outcome)).toEqual(Array(4).fill('answered'))
    expect(lab.engine.state.totals.exchanges.begun).toBe(4)
    expect(lab.engine.state.totals.verdicts).toEqual({ correct: 4, wrong: 0, error: 0 })
    expect(told(lab, 'packet.sent').flatMap(({ copyOf }) => copyOf ?? [])).toEqual([packet, inside])
  })

  it('is, of a forwarded question, one that the server answers twice: the second is for nobody', async () => {
    const lab = await labWithPool(600)
    const packet = await hold(lab, TO_SERVER, () => send(lab))
    await does(lab, { type: 'sendTwice', packet })
    lab.rest()
    expect(finished(lab)).toMatchObject([{ outcome: 'answered' }])
    const answers = told(lab, 'packet.sent').filter(({ from }) => from === 'server:100')
    expect(answers.map(({ exchange }) => exchange)).toEqual(Array(2).fill(answers[0]?.exchange))
    expect(told(lab, 'packet.dropped')).toMatchObject([{ reason: 'SERVER_BAD_ANSWER' }])
    expect(lab.clock.pending).toBe(0)
  })

  it('is, of an answer, one too many: an inside client says so and takes the next one for its own', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, ANSWER_TO_CLIENT, () => send(lab))
    await send(lab, 'second')
    lab.settle()
    await does(lab, { type: 'sendTwice', packet })
    lab.rest()
    expect(told(lab, 'answer.verified').map(({ verdict }) => verdict)).toEqual([
      'correct',
      'correct',
    ])
    expect(warnings(lab)).toEqual([
      expect.stringMatching(/^An answer came to message \d+, which had one already$/),
    ])
  })

  it('is, of an answer to a program that has half-closed, sent twice before the end', async () => {
    const lab = await labWithPool(600)
    const program = lab.program()
    const packet = await hold(lab, ANSWER_TO_CLIENT, () => {
      program.send(composeClientMessage('50', '111', 'x'))
      program.connection.end()
    })
    await does(lab, { type: 'sendTwice', packet })
    lab.rest()
    expect([program.answers.length, program.over]).toEqual([2, true])
    expect(finished(lab).length).toBe(1)
  })
})

describe('a question that is edited', () => {
  it.each(['inside', 'outside'])('to what is no message is refused: %s', async (origin) => {
    const lab = await labWithPool()
    const program = lab.program()
    const packet = await hold(lab, TO_PROXY, () =>
      origin === 'inside' ? send(lab) : program.send(composeClientMessage('50', '111', 'x')),
    )
    await does(lab, { type: 'edit', packet, bytes: base64('garbage') })
    await does(lab, { type: 'release', packet })
    lab.rest()
    expect(finished(lab)).toMatchObject([
      { exchange: packet, outcome: 'refused', reason: 'NOT_JSON' },
    ])
    if (origin === 'outside')
      expect(program.answers).toMatchObject([{ error: { code: 'NOT_JSON' } }])
  })

  it.each(['inside', 'outside'])(
    'to a half one is refused, and its connection ends: %s',
    async (origin) => {
      const lab = await labWithPool()
      const program = lab.program()
      const packet = await hold(lab, TO_PROXY, () =>
        origin === 'inside' ? send(lab) : program.send(composeClientMessage('50', '111', 'x')),
      )
      await does(lab, { type: 'edit', packet, bytes: base64('{"type":0,') })
      await does(lab, { type: 'release', packet })
      lab.rest()
      expect(finished(lab)).toMatchObject([
        { exchange: packet, outcome: 'refused', reason: 'MESSAGE_HALF_SENT' },
      ])
      await send(lab)
      lab.rest()
      expect(finished(lab)[1]).toMatchObject({ outcome: 'answered' })
    },
  )

  it.each(['inside', 'outside'])(
    'to a registration puts a server into the table, and has no answer: %s',
    async (origin) => {
      const lab = await labWithPool()
      const program = lab.program()
      const packet = await hold(lab, TO_PROXY, () =>
        origin === 'inside' ? send(lab) : program.send(composeClientMessage('50', '111', 'x')),
      )
      const bytes = base64(composeRegistration('9', '444', 5_999))
      await does(lab, { type: 'edit', packet, bytes })
      await does(lab, { type: 'release', packet })
      lab.rest()
      expect(lab.engine.state.rows.get('9')).toMatchObject({ node: 'outside:server:9' })
      expect(finished(lab)).toEqual([])
      const client = origin === 'inside' ? 'client:1' : 'outside:client:50'
      await does(lab, { type: 'removeNode', node: client })
      lab.rest()
      expect(finished(lab)).toMatchObject([{ exchange: packet, client, outcome: 'lost' }])
    },
  )

  it('with white space around it is still one message, and has its own answer', async () => {
    const lab = await labWithPool()
    const packet = await hold(lab, TO_PROXY, () => send(lab))
    const text = new TextDecoder().decode(composeClientMessage('1', '111', 'xyz1'))
    await does(lab, { type: 'edit', packet, bytes: base64(`\n ${text}\n\n`) })
    await does(lab, { type: 'release', packet })
    await send(lab, 'second')
    lab.rest()
    expect(told(lab, 'answer.verified').map(({ verdict }) => verdict)).toEqual([
      'correct',
      'correct',
    ])
    expect(finished(lab).map(({ exchange }) => exchange)).toEqual([packet, packet + 1])
  })
})

describe('time limits', () => {
  it.each([TO_PROXY, TO_SERVER, ANSWER_TO_PROXY, ANSWER_TO_CLIENT])(
    'do not run out while what they wait for is held: %s',
    async (filter) => {
      for (const policy of ['111', '222']) {
        const lab = await labWithPool(600)
        await joinServer(lab)
        const packet = await hold(lab, filter, () =>
          does(lab, { type: 'sendMessage', client: 'client:1', policy }),
        )
        lab.pass(LONG_MS)
        await does(lab, { type: 'release', packet })
        lab.rest()
        expect(finished(lab)).toMatchObject([{ outcome: 'answered' }])
        expect(told(lab, 'answer.verified')).toMatchObject([{ verdict: 'correct' }])
      }
    },
  )
})

describe('a reset', () => {
  it('removes the breakpoints and accounts for what is held', async () => {
    const lab = await labWithPool()
    await does(lab, { type: 'setBreakpoint', filter: 'type:0' })
    await does(lab, { type: 'setBreakpoint', filter: 'type:2', enabled: false })
    await send(lab)
    await send(lab)
    lab.settle()
    await does(lab, { type: 'reset' })
    expect(told(lab, 'breakpoint.removed').length).toBe(2)
    expect(told(lab, 'packet.dropped').map(({ reason }) => reason)).toEqual(['STOPPED', 'STOPPED'])
    await send(lab)
    lab.rest()
    const { totals, breakpoints } = lab.engine.state
    expect([totals.exchanges.answered, breakpoints.size]).toEqual([1, 0])
  })
})

describe('the reads that a message took', () => {
  it('are told of an outside program’s right after it is sent, unless it was one read of its own', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    const question = composeClientMessage('50', '111', 'x')
    for (const at of [0, 10]) {
      program.send(question.subarray(at, at === 0 ? 10 : undefined))
      lab.pass(50)
    }
    const read = told(lab, 'packet.read')
    expect(read.length).toBe(1)
    expect(new Set(read[0]?.pieces.map(({ at }) => at))).toEqual(new Set([0, 50]))
    for (const { packet, pieces, seq } of read) {
      const before = toldApart(lab.events).find((event) => event.seq === seq - 1)
      expect(before).toMatchObject({ type: 'packet.sent', packet })
      expect(pieces.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(question.length)
    }
  })

  it('are told of an inside actor’s right before it is delivered', async () => {
    const lab = await labWithPool()
    for (let count = 0; count < 20; count++) await send(lab, `q${count}`)
    lab.rest()
    const read = told(lab, 'packet.read')
    expect(read.length).toBeGreaterThan(20)
    for (const { packet, pieces, seq } of read) {
      const after = toldApart(lab.events).find((event) => event.seq === seq + 1)
      expect(after).toMatchObject({ type: 'packet.delivered', packet })
      const { bytes } = lab.engine.state.packets.at(packet - 1) ?? {}
      expect(pieces.reduce((sum, piece) => sum + piece.bytes, 0)).toBe(bytes?.length)
      expect(pieces.length > 1 || pieces[0]?.bytes !== pieces[0]?.of).toBe(true)
    }
  })
})
