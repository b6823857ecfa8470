import { describe, expect, it } from 'vitest'
import type { Connection } from '../../src/main/engine/net/network'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { MAX_UNREAD_BYTES, PROBE_LIMIT_MS, REPLY_LIMIT_MS } from '../../src/shared/limits'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { LINK_SETTINGS } from '../../src/shared/settings/link'
import { createTestLab, type TestLab } from '../support/test-lab'

const LATENCY_MS = 600
const OUTSIDE_PORT = 5_000

async function labWithServer(): Promise<TestLab> {
  const lab = await createTestLab({
    latencyMs: LATENCY_MS,
    scenario: { name: 'One', servers: [{ id: '100', policy: '111' }], clients: [] },
  })
  lab.rest()
  return lab
}

/** An outside server that does this on each connection once a message has come. */
async function joinServer(lab: TestLab, serve: (connection: Connection) => void): Promise<void> {
  await lab.network.listen({
    host: lab.engine.proxy.host,
    port: OUTSIDE_PORT,
    accept: (connection) =>
      connection.setHandlers({ data: () => serve(connection), ended() {}, closed() {} }),
  })
  lab.program().send(composeRegistration('7', '111', OUTSIDE_PORT))
  lab.rest()
}

/** Sends a program's message; returns when it is on its way to the server. */
function ask(lab: TestLab) {
  const program = lab.program()
  program.send(composeClientMessage('50', '111', 'x'))
  lab.pass(LATENCY_MS)
  return program
}

const drops = (lab: TestLab) => lab.events.filter((event) => event.type === 'packet.dropped')

describe('what a hang-up takes off the links', () => {
  it('is lost because the server was removed', async () => {
    const lab = await labWithServer()
    ask(lab)
    await lab.engine.execute({ type: 'removeNode', node: 'server:100' })
    lab.rest()
    expect(drops(lab)).toMatchObject([{ reason: 'SERVER_REMOVED' }])
  })

  it('is lost because the server was removed, where it is the answer', async () => {
    const lab = await labWithServer()
    ask(lab)
    lab.pass(LATENCY_MS)
    expect(lab.engine.state.nodes.get('server:100')?.sent).toBe(2)
    await lab.engine.execute({ type: 'removeNode', node: 'server:100' })
    lab.rest()
    expect(drops(lab)).toMatchObject([{ reason: 'SERVER_REMOVED' }])
  })

  it('is lost because the client has left', async () => {
    const lab = await labWithServer()
    ask(lab)
    await lab.engine.execute({ type: 'removeNode', node: 'outside:client:50' })
    lab.rest()
    expect(drops(lab)).toMatchObject([{ reason: 'CLIENT_LEFT' }])
  })

  it('is lost because the lab was stopped', async () => {
    const lab = await createTestLab({ latencyMs: LATENCY_MS })
    await joinServer(lab, () => {})
    ask(lab)
    await lab.engine.close()
    expect(drops(lab)).toMatchObject([{ reason: 'STOPPED' }])
  })

  it('is lost because the server was too late, where it is behind the late one', async () => {
    const lab = await createTestLab({ latencyMs: LATENCY_MS })
    await joinServer(lab, () => {})
    await lab.engine.execute({
      type: 'updateServer',
      node: 'outside:server:7',
      keepConnection: true,
    })
    ask(lab)
    lab.pass(REPLY_LIMIT_MS - 1)
    ask(lab)
    lab.rest()
    expect(drops(lab)).toMatchObject([{ reason: 'SERVER_TIMEOUT' }])
  })
})

describe('an outside server that sends without end while time stands still', () => {
  it('is not read any further than its answer and one more', async () => {
    const lab = await createTestLab({ latencyMs: LATENCY_MS })
    let flood: Connection | undefined
    await joinServer(lab, (connection) => {
      flood = connection
      const answer = composeAnswer('7', '50', hashOf('x'))
      for (let sent = 0; sent < 4 * MAX_UNREAD_BYTES; sent += answer.length)
        connection.write(answer)
    })
    const program = ask(lab)
    lab.clock.advance(LATENCY_MS)
    await lab.engine.execute({ type: 'pause' })
    lab.settle()
    expect(lab.engine.state.inFlight.size).toBe(2)
    expect(flood?.unsentBytes).toBeGreaterThan(3 * MAX_UNREAD_BYTES)
    await lab.engine.execute({ type: 'resume' })
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('x')])
  })
})

describe('the limit for an answer', () => {
  it('does not count the time on our own links, whatever becomes of the latency', async () => {
    const lab = await labWithServer()
    const program = ask(lab)
    await lab.engine.execute({ type: 'updateLinks', latencyMs: LINK_SETTINGS.latencyMs.max })
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('x')])
  })

  it('does not count it for an outside server either', async () => {
    const lab = await createTestLab({ latencyMs: LATENCY_MS })
    await joinServer(lab, (connection) => connection.write(composeAnswer('7', '50', hashOf('x'))))
    const program = ask(lab)
    await lab.engine.execute({ type: 'updateLinks', latencyMs: LINK_SETTINGS.latencyMs.max })
    lab.rest()
    expect(program.answers.map(({ payload }) => payload)).toEqual([hashOf('x')])
  })

  it('begins when the link hands the message over', async () => {
    const lab = await createTestLab({ latencyMs: LATENCY_MS })
    await joinServer(lab, () => {})
    ask(lab)
    lab.pass(LATENCY_MS + REPLY_LIMIT_MS - 1)
    expect(lab.engine.state.rows.get('7')?.health).toBe('up')
    lab.pass(1 + 2 * PROBE_LIMIT_MS)
    expect(lab.engine.state.rows.get('7')?.health).toBe('down')
  })
})
