// A server outside, on whose port nobody listens, and what the system says of its listening sockets.
import { afterEach, expect, it } from 'vitest'
import type { ListeningAddress } from '../../src/main/engine/net/network'
import { composeClientMessage, composeRegistration } from '../../src/shared/protocol/compose'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

let lab: TestLab

afterEach(() => lab.engine.close())

/** What the doctor notes about it. */
async function noted(listener: ListeningAddress) {
  lab = await createTestLab({ scenario: EMPTY_POOL })
  Object.assign(lab.network, { findListener: async () => listener })
  isAsked()
  lab.pass(5_000)
  await Promise.resolve()
  await Promise.resolve()
  return notes()
}

/** It registers, and gets a message. */
function isAsked(): void {
  lab.program().send(composeRegistration('7', '111', 5_007))
  lab.rest()
  lab.program().send(composeClientMessage('50', '111', 'x'))
  lab.settle()
}

function notes() {
  return lab.events.flatMap((event) => (event.type === 'socket.noted' ? [event.what] : []))
}

it('listens on another port', async () => {
  expect(await noted({ address: '127.0.0.1', port: 5_008 })).toEqual(['refused', 'listens'])
})

it('listens at another address', async () => {
  expect(await noted({ address: '::1', port: 5_007 })).toEqual(['refused', 'listens'])
})

it.each(['127.0.0.1', '0.0.0.0', '::'])(
  'has begun to listen where it registered, at %s: it does not listen elsewhere',
  async (address) => {
    expect(await noted({ address, port: 5_007 })).toEqual(['refused'])
  },
)

it('has a second of real time to begin, however fast the lab runs', async () => {
  lab = await createTestLab({ scenario: EMPTY_POOL })
  await lab.engine.execute({ type: 'setSpeed', speed: 5 })
  isAsked()
  passesInReal(500)
  await lab.engine.execute({ type: 'setSpeed', speed: 10 })
  passesInReal(400)
  expect(notes()).toEqual([])
  passesInReal(200)
  expect(notes()).toEqual(['refused'])

  function passesInReal(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) {
      lab.clock.advance(10)
      lab.settle()
    }
  }
})
