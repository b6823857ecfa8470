// Each fault that is planted in a faultless proxy fails its requirement, and nothing that does not follow from it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkProxy } from '../../src/main/check/check-proxy'
import { inLanes } from '../../src/main/check/lanes'
import { PROXY_REQUIREMENTS } from '../../src/main/check/requirements/proxy'
import { proxyByCommand } from '../../src/main/programs'
import type { CheckedRequirement } from '../../src/shared/check/result'

// Windows takes two seconds to say that nobody listens: hundreds of starts would take minutes.
const canPlant = process.platform !== 'win32' && spawnSync('python3', ['--version']).status === 0
if (!canPlant) console.warn('Windows, or no python3: no faults are planted.')

/** The long form: each fault meets all requirements once, and its own that many times. */
const TIMES = Number(process.env.CHECK_LONG_FORM ?? 0)

/** What follows from a fault, besides the requirement of its name. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  'right-policy': ['turn-per-policy'],
  'right-client': ['twenty-at-once'],
  'round-robin': ['registration-order', 'turn-per-policy', 'newcomer-keeps-turn'],
  'split-message': ['payload-200000'],
  'payload-1500': ['payload-200000'],
}
/** In the short form, a fault also meets one in 17 of the other requirements. */
const OTHERS_APART = 17

const proxy = join(import.meta.dirname, 'programs', 'proxy.py')
const ids = PROXY_REQUIREMENTS.map(({ id }) => id)
const failing = (fault: string) => ids.filter((id) => id === fault || FOLLOWS[fault]?.includes(id))

async function tried(fault: string, these: readonly string[]): Promise<CheckedRequirement[]> {
  const command = `python3 "${proxy}" -port {port} -fault ${fault}`
  const { requirements } = await checkProxy({
    start: proxyByCommand({ command }),
    program: fault,
    limits: { startMs: 10_000, answerMs: 1_500 },
    lanes: 3,
    requirements: PROXY_REQUIREMENTS.filter(({ id }) => these.includes(id)),
  })
  return [...requirements]
}

/** The ids of those that failed; one that could not be tried shows why. */
function failed(requirements: readonly CheckedRequirement[]): string[] {
  return requirements.flatMap(({ id, outcome, reason }) =>
    outcome === 'passed' ? [] : [outcome === 'failed' ? id : `${id}: ${reason}`],
  )
}

describe.skipIf(!canPlant || TIMES > 0)('a planted fault', () => {
  const found = new Map<string, CheckedRequirement>()

  it('fails its requirement and what follows from it, not others', async () => {
    const failedWith = await inLanes(ids, 3, async (fault, index) => {
      const others = ids.filter((_, other) => other % OTHERS_APART === index % OTHERS_APART)
      const checked = await tried(fault, [...failing(fault), ...others])
      for (const one of checked) if (one.id === fault) found.set(fault, one)
      return [fault, failed(checked)]
    })
    expect(Object.fromEntries(failedWith)).toEqual(
      Object.fromEntries(ids.map((fault) => [fault, failing(fault)])),
    )
  }, 150_000)

  it.each([
    ['round-robin', 'wrong'],
    ['joined-messages', 'hangs'],
    ['nobody-serves', 'closes'],
    ['missing-fields', 'ends'],
  ])('%s: %s', (fault, how) => {
    expect(found.get(fault)?.how).toBe(how)
  })

  it('says what was sent, what should have come and what came', () => {
    const { sent, expected, came, exchange } = found.get('round-robin')?.evidence ?? {}
    expect(sent?.at(-1)).toMatch(/^server \d+: \{"type":2,.* \(\d+ bytes\)$/)
    expect(expected).toBe('the questions to go to servers 100, 200, 100, 200, 100 and 200')
    expect(came).toBe('they went to 100, 100, 200, 200, 100 and 100')
    expect(exchange?.find(({ type }) => type === 'sent')).toMatchObject({
      peer: 'server 100',
      connection: 1,
      text: expect.stringContaining('"privPolyId":111'),
    })
  })

  it('quotes the exception and the last words of a program that ended', () => {
    const { came, exception, lastWords } = found.get('missing-fields')?.evidence ?? {}
    expect(came).toContain('the program ended (exit status 1)')
    expect(exception).toMatchObject({
      text: expect.stringMatching(/^KeyError: '\w+'$/),
      where: expect.stringMatching(/^proxy[.]py, line \d+, in \w+$/),
    })
    expect(lastWords?.at(-1)).toBe(exception?.text)
  })
})

describe.skipIf(!canPlant || TIMES === 0)('a planted fault, in the long form', () => {
  it.each(ids)('%s fails its requirement and what follows, among all', async (fault) => {
    expect(failed(await tried(fault, ids))).toEqual(failing(fault))
  })

  it.each(ids)(
    '%s fails each time',
    async (fault) => {
      const times = Array.from({ length: TIMES }, (_, time) => time)
      const failedWith = await inLanes(times, 3, async () =>
        failed(await tried(fault, failing(fault))),
      )
      expect(failedWith).toEqual(times.map(() => failing(fault)))
    },
    600_000,
  )
})
