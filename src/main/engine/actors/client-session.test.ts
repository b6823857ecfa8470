// A client whose proxy runs in another process: it has nothing but the bytes.
import { describe, expect, it } from 'vitest'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import { MessageScanner } from '../../../shared/protocol/scanner'
import { createLinkLab } from '../links/testing'
import { hashOf } from '../protocol/verdict'
import { ClientSession } from './client-session'

const HOST = '127.0.0.1'

const SILENT = { asked() {}, finished() {}, closed() {} }

/** A proxy that answers each question rightly, as server 7, but one that says "wrong". */
async function sessionWithFarProxy({ latencyMs = 0 } = {}) {
  const setting = createLinkLab({ latencyMs })
  const { network } = setting.lab
  const { port } = await network.listen({
    host: HOST,
    port: 0,
    accept(connection) {
      const scanner = new MessageScanner()
      connection.setHandlers({
        data(bytes) {
          for (const item of scanner.push(bytes)) {
            if (item.kind === 'fault' || item.message.type !== 0) continue
            const { payload, source } = item.message
            const hash = hashOf(payload === 'wrong' ? 'another' : payload)
            connection.write(composeAnswer('7', source, hash))
          }
        },
        ended: () => connection.end(),
        closed() {},
      })
    },
  })
  const session = new ClientSession(setting.lab, 'client:1', { host: HOST, port }, SILENT)
  function rest(): void {
    setting.network.settle?.()
    for (let due = setting.clock.nextDueAt(); due !== undefined; due = setting.clock.nextDueAt()) {
      setting.clock.advance(due - setting.clock.now())
      setting.network.settle?.()
    }
  }
  return {
    ...setting,
    session,
    rest,
    ask(...payloads: string[]) {
      for (const payload of payloads) {
        session.ask(composeClientMessage('1', '111', payload), payload, 0)
      }
    },
  }
}

describe('a client whose proxy is in another process', () => {
  it.each([0, 600])('knows the answer to each question by its order, at latency %d', async (ms) => {
    const { ask, rest, told } = await sessionWithFarProxy({ latencyMs: ms })
    ask('a', 'wrong', 'c')
    rest()
    expect(told('exchange.finished')).toMatchObject(
      [1, 2, 3].map((exchange) => ({ exchange, outcome: 'answered', server: '7' })),
    )
    expect(told('answer.verified')).toMatchObject([
      { verdict: 'correct' },
      { verdict: 'wrong' },
      { verdict: 'correct' },
    ])
  })

  it('takes no answer for that to a question which was dropped by hand', async () => {
    const { lab, ask, rest, told } = await sessionWithFarProxy()
    lab.breakpoints.set({ filter: 'type:0', once: true })
    ask('a', 'b')
    lab.heldPackets.drop(1)
    rest()
    expect(told('exchange.finished')).toMatchObject([
      { exchange: 1, outcome: 'lost', reason: 'DROPPED_BY_HAND' },
      { exchange: 2, outcome: 'answered' },
    ])
    expect(told('answer.verified')).toMatchObject([{ exchange: 2, verdict: 'correct' }])
  })

  it('accounts for every packet', async () => {
    const { ask, rest, told, session } = await sessionWithFarProxy({ latencyMs: 600 })
    ask('a', 'b')
    rest()
    ask('c')
    session.leave('CLIENT_LEFT')
    rest()
    expect(told('packet.sent').length).toBe(5)
    expect(told('packet.delivered').length).toBe(4)
    expect(told('packet.dropped')).toMatchObject([{ reason: 'CLIENT_LEFT' }])
    expect(told('exchange.finished')).toMatchObject([
      { outcome: 'answered' },
      { outcome: 'answered' },
      { outcome: 'lost', reason: 'CLIENT_LEFT' },
    ])
  })
})
