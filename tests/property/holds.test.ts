// Laws of held packets: the delivered bytes are the edited ones, on every hop and between any ends;
// and while the clock is paused nothing is delivered.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { isSending } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { type Recorder, record } from '../support/recorder'
import { type Tap, tapNetwork } from '../support/tap'
import { createTestLab, type TestLab } from '../support/test-lab'
import { play } from './random-run'

const CLIENT = '7'
const SERVER = '100'
const POLICY = '111'
const OUTSIDE_PORT = 5_000

/** The hops of a message, in order, each as the filter that holds the packet on it. */
const HOPS = ['type:0 to:proxy', 'type:0 from:proxy', 'type:2 to:proxy', 'type:2 from:proxy']

interface Ends {
  client: 'inside' | 'outside'
  server: 'inside' | 'outside'
}

it('a held, edited and released packet is what its receiver gets, on every hop', async () => {
  const end = fc.constantFrom('inside' as const, 'outside' as const)
  const trip = fc.record({
    seed: fc.nat(),
    hop: fc.integer({ min: 0, max: 3 }),
    client: end,
    server: end,
    latencyMs: fc.constantFrom(0, 600),
    text: fc.string({ unit: 'grapheme', maxLength: 200 }),
    space: fc.constantFrom('', ' ', '\n\t '),
  })
  await fc.assert(
    fc.asyncProperty(trip, async ({ seed, hop, text, space, latencyMs, ...ends }) => {
      const { lab, tap, server, ask } = await setUp(seed, latencyMs, ends)
      const { engine } = lab
      await engine.execute({ type: 'setBreakpoint', filter: HOPS[hop] ?? '', once: true })
      const client = ask()
      lab.pass(3_000)
      const [held] = [...engine.state.inFlight.values()]
      if (held === undefined) throw new Error('Nothing is held.')
      const before = gotOn(held.id, lab, tap).length
      const message =
        hop < 2 ? composeClientMessage(CLIENT, POLICY, text) : composeAnswer(SERVER, CLIENT, text)
      const edited = Buffer.concat([Buffer.from(space), message])
      const bytes = edited.toString('base64')
      expect(await engine.execute({ type: 'edit', packet: held.id, bytes })).toEqual({ ok: true })
      expect(gotOn(held.id, lab, tap).length).toBe(before)
      expect(await engine.execute({ type: 'release', packet: held.id })).toEqual({ ok: true })
      lab.rest()

      if (held.from.startsWith('outside:')) {
        // Held after the proxy had read it: the proxy forwards what it got.
        const next = sent(lab.events).find(({ packet }) => packet > held.id)
        expect(next?.bytes).toEqual(new Uint8Array(message))
      } else {
        expect(gotOn(held.id, lab, tap).equals(edited)).toBe(true)
      }
      if (hop === 1 && server) expect(server.bytes().equals(edited)).toBe(true)
      if (hop === 3 && client) expect(client.bytes().equals(edited)).toBe(true)
      const { totals, inFlight } = engine.state
      expect(totals.exchanges).toEqual({ begun: 1, answered: 1, refused: 0, lost: 0 })
      expect(inFlight.size).toBe(0)
      // Except by chance, the answered hash is not the one that the client expects.
      if (text !== 'asked') expect(totals.verdicts.wrong).toBe(1)
    }),
    { numRuns: 200 },
  )
})

it('nothing is delivered while paused, whatever is asked for', async () => {
  let steps = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 - 1 }), async (seed) => {
      const { paused } = await play(seed, { byHand: true })
      steps += paused.steps
      expect(paused).toEqual({ steps: paused.steps, writes: 0, delivered: 0 })
    }),
    { numRuns: 100 },
  )
  expect(steps).toBeGreaterThan(500)
})

async function setUp(seed: number, latencyMs: number, ends: Ends) {
  let tap: Tap | undefined
  const lab = await createTestLab({
    seed,
    latencyMs,
    tap: (network) => {
      tap = tapNetwork(network)
      return tap.network
    },
    scenario: {
      name: 'One',
      servers: ends.server === 'inside' ? [{ id: SERVER, policy: POLICY }] : [],
      clients: ends.client === 'inside' ? [{ id: CLIENT, policy: POLICY, payload: 'asked' }] : [],
    },
  })
  if (tap === undefined) throw new Error('The engine has no network.')
  const server = ends.server === 'outside' ? await joinServer(lab) : undefined
  lab.rest()

  /** Returns what an outside client receives. */
  function ask(): Recorder | undefined {
    if (ends.client === 'inside') {
      void lab.engine.execute({ type: 'sendMessage', client: `client:${CLIENT}` })
      return undefined
    }
    const recorder = record()
    const { network, engine } = lab
    const connection = network.dial({ ...engine.proxy, handlers: recorder.handlers })
    connection.write(composeClientMessage(CLIENT, POLICY, 'asked'))
    return recorder
  }

  return { lab, tap, server, ask }
}

/** Returns what the server receives. */
async function joinServer(lab: TestLab): Promise<Recorder> {
  const scanner = new MessageScanner()
  let answer = (_bytes: Uint8Array): void => {}
  const recorder = record({
    data(bytes) {
      for (const item of scanner.push(bytes)) {
        if (item.kind !== 'message' || item.message.type !== 0) continue
        answer(composeAnswer(SERVER, CLIENT, hashOf(item.message.payload)))
      }
    },
  })
  await lab.network.listen({
    host: lab.engine.proxy.host,
    port: OUTSIDE_PORT,
    accept(connection) {
      answer = (bytes) => connection.write(bytes)
      connection.setHandlers(recorder.handlers)
    },
  })
  lab.program().send(composeRegistration(SERVER, POLICY, OUTSIDE_PORT))
  return recorder
}

function sent(events: readonly LabEvent[]) {
  return events.filter(isSending)
}

/**
 * Returns the bytes that crossed this packet's connection in its direction: read by an inside node,
 * or written to a program.
 */
function gotOn(id: number, { engine, events }: TestLab, tap: Tap): Buffer {
  const packet = sent(events).find((event) => event.packet === id)
  const opened = events.find(
    (event) => event.type === 'connection.opened' && event.connection === packet?.connection,
  )
  if (packet === undefined || opened?.type !== 'connection.opened') {
    throw new Error('It was never sent.')
  }
  const { from, to, fromPort, toPort } = opened
  const [sender, receiver] = packet.from === from ? [fromPort, toPort] : [toPort, fromPort]
  const isSeen = [from, to].every((node) => engine.state.nodes.get(node)?.origin === 'inside')
  return isSeen ? tap.read(receiver, sender) : tap.written(sender, receiver)
}
