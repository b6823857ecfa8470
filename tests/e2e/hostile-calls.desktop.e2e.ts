// Hostile calls over the real IPC: from foreign frames, with unknown arguments, too large, on
// channels that do not exist. Each is refused, is logged with its reason, and the engine still
// serves.
import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { CALLS, type Call, CHANNELS } from '../../src/shared/contract'
import { malformedArguments } from '../support/malformed'
import { WELL_FORMED } from '../support/well-formed'
import {
  type Arguments,
  type AttackedApp,
  expectToServe,
  type Outcome,
  attackedTest as test,
} from './hostile-app'

const CALL_NAMES = Object.keys(CALLS) as Call[]
const SAMPLES = 12
/** The log writes counted refusals after a delay. */
const TOLD = { timeout: 10_000 }
const SIZE = 100_000_000
/** How much the log may grow by a refusal of such a size. */
const LOGGED_CHARS = 10_000

describe('a call from a frame that is not the page is refused, and the log says why', () => {
  test('another window with the app’s own page', async ({ app }) => {
    const other = await app.open('app://roundabout/index.html')
    await expectAllRefused(app, other.id, 'it came from another window.')
    await other.page.close()
  })

  test('an empty window', async ({ app }) => {
    const other = await app.open('about:blank')
    await expectAllRefused(app, other.id, 'it came from another window.')
    await other.page.close()
  })

  test('a page of another session under the app’s own address', async ({ app }) => {
    const other = await app.open('app://roundabout/bare.html', 'bare')
    await expectAllRefused(app, other.id, 'it came from another window.')
    await other.page.close()
  })

  /** On every channel: only the sender is wrong. */
  async function expectAllRefused(app: AttackedApp, caller: number, reason: string) {
    const before = app.log().length
    for (const call of CALL_NAMES) {
      const [outcome] = await make(app, caller, CHANNELS[call], [WELL_FORMED[call]])
      if (outcome !== undefined) expect(outcome).toEqual({ answer: { ok: false, error: reason } })
      const words = `A call of ${CHANNELS[call]} was refused: ${reason}`
      await expect.poll(() => app.log().slice(before)).toContain(words)
    }
  }
})

describe('a call from the page itself is refused, and the log says why', () => {
  test('on a channel that nobody knows', async ({ app }) => {
    for (const channel of ['roundabout:quit', 'toString', '__proto__', '']) {
      const before = app.log().length
      await app.call(app.id, 'send', channel, [[]])
      const words = `A message on "${channel}" was refused: nobody takes any there.`
      await expect.poll(() => app.log().slice(before)).toContain(words)
      expect(await app.call(app.id, 'sendSync', channel, [[]])).toEqual([{ answer: null }])
      const [asked] = await app.call(app.id, 'invoke', channel, [[]])
      expect(asked?.error).toContain(`No handler registered for '${channel}'`)
    }
  })

  test('when it waits for an answer that nobody gives', async ({ app }) => {
    for (const call of CALL_NAMES) {
      const [outcome] = await app.call(app.id, 'sendSync', CHANNELS[call], [['x', 'x', 'x']])
      expect(outcome).toEqual({ answer: null })
    }
  })

  test('when it is too large', async ({ app }) => {
    const before = await settled(app)
    const length = app.log().length
    expectRefusals(await app.call(app.id, 'invoke', CHANNELS.command, [{ text: SIZE }]))
    await app.call(app.id, 'send', CHANNELS.reportProblem, [{ bytes: SIZE }])
    await expect.poll(app.refusals, TOLD).toBe(before + 2)
    expect(app.log().length - length).toBeLessThan(LOGGED_CHARS)
  })

  // The last test: it uses up the log's budget, and later refusals are only counted.
  test('when it carries what the contract does not know', async ({ app }) => {
    const before = await settled(app)
    for (const call of CALL_NAMES) {
      const lists = fc.sample(asItArrives(call), SAMPLES)
      expectRefusals(await make(app, app.id, CHANNELS[call], lists))
    }
    await expect.poll(app.refusals, TOLD).toBe(before + CALL_NAMES.length * SAMPLES)
  })

  /** The number of refusals once all are written: another line makes the log write its counts. */
  async function settled(app: AttackedApp): Promise<number> {
    const channel = `hostile:mark ${app.log().length}`
    await app.call(app.id, 'send', channel, [[]])
    await expect.poll(app.log).toContain(`A message on "${channel}" was refused`)
    return app.refusals()
  }

  function expectRefusals(outcomes: Outcome[]): void {
    for (const { answer } of outcomes) expect(answer).toMatchObject({ ok: false, error: /./ })
  }
})

test('and after all of it a server is added, and messages cross the proxy', async ({ app }) => {
  await expectToServe(app)
})

/** Makes a call as its channel demands; one-way calls have no outcome. */
async function make(
  app: AttackedApp,
  caller: number,
  channel: string,
  lists: Arguments[],
): Promise<Outcome[]> {
  const [probe] = await app.call(caller, 'invoke', channel, lists.slice(0, 1))
  if (probe?.error === undefined) {
    return [probe ?? {}, ...(await app.call(caller, 'invoke', channel, lists.slice(1)))]
  }
  expect(probe.error).toContain('No handler registered')
  await app.call(caller, 'send', channel, lists)
  return []
}

/**
 * Malformed even after structured cloning; for commands also those that only the engine can detect.
 */
function asItArrives(call: Call): fc.Arbitrary<unknown[]> {
  const foreign = malformedArguments('acknowledge').filter((args) => args.length === 1)
  return fc
    .oneof(malformedArguments(call), call === 'command' ? foreign : malformedArguments(call))
    .map((args): unknown[] => deserialize(serialize(args)))
}
