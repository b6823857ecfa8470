// Thousands of broken byte streams at the proxy's port, on real sockets, while a correct program is
// being served. Nothing crashes, nothing leaks, and every waiting client gets its own answer.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createManualClock } from '../../src/main/engine/clock/manual-clock'
import { createRandom } from '../../src/main/engine/clock/random'
import { createEngine } from '../../src/main/engine/index'
import { createNodeNetwork } from '../../src/main/engine/net/node-network'
import {
  LINGER_MS,
  MAX_OUTSIDE_CLIENTS,
  MAX_SERVERS,
  MAX_UNSERVED_POLICIES,
} from '../../src/shared/limits'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { until as untilTrue } from '../support/recorder'
import { until } from './lab'
import { question, sha1, startProgram } from './program'
import { drawLargeStream, drawStream, GOOD_POLICY, type Stream } from './streams'

const ROUNDS = 40
const STREAMS_PER_ROUND = 80
const GOOD_MESSAGES_PER_ROUND = 20
const MAX_GROWTH_BYTES = 12 * 1024 * 1024

it('answers every stream, serves on, and leaks nothing', async () => {
  const seed = fc.readConfigureGlobal()?.seed ?? 0
  const random = createRandom(seed)
  const clock = createManualClock()
  const network = createNodeNetwork()
  const scenario = {
    name: 'Good',
    servers: ['good-1', 'good-2'].map((id) => ({ id, policy: GOOD_POLICY })),
    clients: [],
  }
  const engine = await createEngine({
    proxyPort: 0,
    latencyMs: 0,
    createClock: () => clock,
    network,
    scenario,
  })
  await until(engine, () => engine.state.rows.size === 2)
  const { port } = engine.proxy
  const good = startProgram(port)
  const ask = (payload: string) => question(1, GOOD_POLICY, payload)
  good.socket.write(ask('first'))
  await good.answered(1)
  // The proxy's listeners, one for each address; two servers, and the sign of their range; and the program's connection.
  const socketsAtRest = 1 + engine.proxy.otherHosts.length + 2 + 1 + 1
  await untilTrue(() => network.openSockets() === socketsAtRest)
  const payloads = ['first']
  let heapAtHalf = 0

  for (let round = 0; round < ROUNDS; round++) {
    const streams = Array.from({ length: STREAMS_PER_ROUND }, () => drawStream(random))
    if (round % 10 === 0) streams.push(drawLargeStream(random))
    const thrown = streams.map((stream) => throwAt(port, stream))
    for (let index = 0; index < GOOD_MESSAGES_PER_ROUND; index++) {
      const payload = `round ${round} message ${index}`
      payloads.push(payload)
      good.socket.write(ask(payload))
    }
    await good.answered(payloads.length)
    await Promise.all(thrown.map(({ settled }) => settled))
    // Only what is unfinished is pending: time advances until its limit ends, in steps in which an answer can leave.
    const allOver = Promise.all(thrown.map(({ over }) => over()))
    await passTimeUntil(allOver, () => clock.advance(LINGER_MS / 2))
    for (const { stream, program } of thrown) {
      const about = `SEED=${seed} round ${round}: ${stream.bytes.toString('latin1').slice(0, 300)}`
      if (stream.ending !== 'breaks off')
        expect(outcomes(program), about).toEqual(expected(stream).codes)
    }
    await untilTrue(() => network.openSockets() === socketsAtRest)
    if (round === ROUNDS / 2 - 1) heapAtHalf = bytesInUse()
  }

  expect(good.answers.map(({ payload }) => payload)).toEqual(payloads.map(sha1))
  expect(bytesInUse() - heapAtHalf).toBeLessThan(MAX_GROWTH_BYTES)
  const outside = [...engine.state.nodes.values()].filter(({ origin }) => origin === 'outside')
  const servers = outside.filter(({ role }) => role === 'server').length
  expect(servers).toBeLessThanOrEqual(MAX_SERVERS)
  expect(outside.length - servers).toBeLessThanOrEqual(MAX_OUTSIDE_CLIENTS)
  const { next, decisions, rows } = engine.state
  expect(next.size).toBeLessThanOrEqual(rows.size + MAX_UNSERVED_POLICIES)
  expect(decisions.size).toBeLessThanOrEqual(next.size)
  expect([...engine.state.nodes.values()].filter(({ inFlight }) => inFlight !== 0)).toEqual([])
  good.socket.destroy()
  await engine.close()
  expect(network.openSockets()).toBe(0)
})

async function passTimeUntil(done: Promise<unknown>, pass: () => void): Promise<void> {
  let isSettled = false
  const settled = done.finally(() => {
    isSettled = true
  })
  await untilTrue(() => {
    if (!isSettled) pass()
    return isSettled
  })
  await settled
}

/** `settled`: written, and everything answered that needs no passing of time. */
function throwAt(port: number, stream: Stream) {
  const program = startProgram(port)
  const { socket } = program
  const isSilent = stream.ending === 'falls silent'
  const due = expected(stream)
  const isHalf = isSilent && due.endsHalf

  async function run(): Promise<void> {
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.setNoDelay(true)
    for (const piece of stream.pieces) {
      socket.write(piece)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (stream.ending === 'half-closes') socket.end()
    if (stream.ending === 'breaks off') socket.resetAndDestroy()
    else if (isSilent)
      await (due.endsForeign
        ? program.ended()
        : program.answered(due.codes.length - (isHalf ? 1 : 0)))
    else await program.ended()
  }

  return {
    stream,
    program,
    settled: run(),
    async over() {
      if (isHalf) await program.ended()
      socket.destroy()
    },
  }
}

interface Expected {
  /** The answers in order, each an error code or a hash. */
  codes: string[]
  /** The last one comes only after a time of silence. */
  endsHalf: boolean
  /** The last one is of another protocol. */
  endsForeign: boolean
}

/** From the bytes scanned in one piece. */
function expected({ bytes }: Stream): Expected {
  const scanner = new MessageScanner()
  const items = scanner.push(bytes)
  const half = scanner.giveUp()
  if (half) items.push(half)
  const last = items.at(-1)
  const codes = items.flatMap((item) => {
    if (item.kind === 'fault') return [item.fault.code]
    if (item.message.type === 1) return []
    if (item.message.type === 2) return ['UNEXPECTED_TYPE']
    return [
      item.message.policy === GOOD_POLICY ? sha1(item.message.payload) : 'NO_SERVER_FOR_POLICY',
    ]
  })
  const endsForeign = last?.kind === 'fault' && last.fault.replyAs !== undefined
  return { codes, endsHalf: half !== undefined, endsForeign }
}

function outcomes({ answers, foreign }: ReturnType<typeof startProgram>): string[] {
  const codes = answers.map(({ error, payload }) => error?.code ?? payload)
  return foreign === '' ? codes : [...codes, 'OTHER_PROTOCOL']
}

function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
