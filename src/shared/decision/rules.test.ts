import { expect, it } from 'vitest'
import { POOL_SETTINGS } from '../settings/pool'
import type { Reason } from './reason'
import { ruleOf, whoseWay } from './rules'
import { decisionOf, loadOf, smoothOf } from './testing'
import { captionOf, reasonOf, receiptOf, textOf } from './words'

const loads = [loadOf('100', 3, 5), loadOf('300', 2)]
const key = { key: '7', hash: 4_000_000 }

/** The algorithm, its reason, the server, and the sentence. */
const RULES: readonly (readonly [Reason, string, string])[] = [
  [
    {
      by: 'weighted-round-robin',
      compared: [smoothOf('100', 5, 5), smoothOf('300', 1, 1)],
      total: 6,
    },
    '100',
    'weighted round-robin: current weights 300 1, 100 5: the largest is chosen, and pays the sum of the weights, 6',
  ],
  [
    {
      by: 'weighted-round-robin',
      compared: [smoothOf('100', 1, 1), smoothOf('300', 1, 1)],
      total: 2,
    },
    '100',
    'weighted round-robin: current weights 300 1, 100 1: the first of the largest is chosen, and pays the sum of the weights, 2',
  ],
  [
    { by: 'haproxy-round-robin', position: 112, due: 111, again: 117, weight: 16, total: 96 },
    '300',
    'HAProxy round-robin: 300 was due 1 position ago; it is due every 96 ÷ 16 = 6 positions, next in 5 positions',
  ],
  [
    { by: 'least-connections', compared: loads, tied: 1 },
    '100',
    'least connections: 300: 2 in flight ÷ weight 1 = 2; 100: 3 in flight ÷ weight 5 = 0.6: the smallest',
  ],
  [
    { by: 'least-connections', compared: loads.map((one) => ({ ...one, inFlight: 0 })), tied: 2 },
    '100',
    'least connections: 300: 0 in flight ÷ weight 1 = 0; 100: 0 in flight ÷ weight 5 = 0: the smallest; 2 carry as little, and smooth weighted round-robin chose among them',
  ],
  [
    {
      by: 'haproxy-least-connections',
      compared: [loadOf('100', 1, 5), loadOf('300', 0)],
      tied: 1,
    },
    '300',
    'HAProxy least connections: 100: (1 in flight + 1) ÷ weight 5 = 0.4; 300: idle: the smallest',
  ],
  [
    { by: 'random', drawn: 1, weight: 2, total: 7 },
    '300',
    'random: number 2 of 2 was drawn; its chance was its weight, 2 in 7',
  ],
  [
    { by: 'two-choices', drawn: loads },
    '100',
    'two choices: drawn were 100, 3 in flight ÷ weight 5 = 0.6, and 300, 2 in flight ÷ weight 1 = 2: the first is less',
  ],
  [
    { by: 'two-choices', drawn: loads.map((one) => ({ ...one, inFlight: 0 })) },
    '300',
    'two choices: drawn were 100, 0 in flight ÷ weight 5 = 0, and 300, 0 in flight ÷ weight 1 = 0: as much, and the second one drawn is chosen',
  ],
  [
    {
      by: 'least-time',
      drawn: [
        { server: '100', inFlight: 1, costMs: 0 },
        { server: '300', inFlight: 1, costMs: 600 },
      ],
    },
    '300',
    'least time: drawn were 100, no answer yet and 1 in flight: last, and 300, 600 ms × (1 in flight + 1) = 1.2 s: the second is less',
  ],
  [
    { by: 'hash', ...key, total: 7, passed: [], turn: false },
    '300',
    'hash: key “7”: hash 4000000 modulo the sum of the weights 7 = 4, in the share of 300',
  ],
  [
    { by: 'hash', ...key, total: 7, passed: ['100', '100'], turn: false },
    '300',
    'hash: key “7”: hash 4000000 modulo the sum of the weights 7 = 4, in the share of 300; hashed again 2 times, as it met 100, which cannot get it',
  ],
  [
    { by: 'ring-hash', ...key, point: 4_000_100, passed: ['100'], turn: false },
    '300',
    'ring hash: key “7”: point 4,000,000; the next point is 4,000,100, of 300; on the way it passed 100, which cannot get it',
  ],
  [
    { by: 'ring-hash', ...key, key: '', point: 0, passed: [], turn: true },
    '300',
    'ring hash: no key: smooth weighted round-robin decides',
  ],
  [
    {
      by: 'haproxy-ring-hash',
      ...key,
      before: { server: '100', point: 3_999_000 },
      after: { server: '300', point: 4_000_100 },
    },
    '300',
    'HAProxy ring hash: key “7”: point 4,000,000, between 100 3,999,000 and 300 4,000,100: the nearer one is chosen',
  ],
  [
    { by: 'maglev', key: '7', slot: 12, size: 65_537 },
    '300',
    'Maglev: key “7”: slot 12 of 65,537, which 300 has claimed',
  ],
  [
    { by: 'free-slot' },
    '300',
    'it had room for a message that waited; as in HAProxy, the algorithm is not asked then',
  ],
]

function decided(reason: Reason, server: string) {
  const algorithm = POOL_SETTINGS.algorithm.options.find(({ value }) => value === reason.by)
  return decisionOf({ algorithm: algorithm?.value ?? 'random', reason, server, next: null })
}

it.each(RULES)('the rule of %o', (reason, server, sentence) => {
  expect(textOf(ruleOf(decided(reason, server)))).toBe(sentence)
})

it('each algorithm has its rule in a sentence, and is somebody’s way but for round-robin', () => {
  const told = new Set(RULES.map(([{ by }]) => by))
  for (const { value } of POOL_SETTINGS.algorithm.options) {
    if (value === 'round-robin') expect(whoseWay(value)).toBeUndefined()
    else {
      expect(told).toContain(value)
      expect(whoseWay(value)).toMatch(/nginx|HAProxy|Finagle|Maglev/)
    }
  }
})

it('the receipt says whose way it is', () => {
  const [[reason, server] = []] = RULES
  if (reason === undefined || server === undefined) throw new Error('There is no rule.')
  expect(receiptOf(decided(reason, server)).lines.map(textOf)).toContain('this is the way of nginx')
  const free = decisionOf({ algorithm: 'haproxy-round-robin', reason: { by: 'free-slot' } })
  expect(receiptOf(free).lines.map(textOf)).not.toContain('this is the way of HAProxy')
})

it.each([
  ['weighted-round-robin', 'largest current weight: 100', 'it had the largest current weight'],
  ['haproxy-round-robin', 'due: 300', 'it was due on the wheel'],
  ['least-connections', 'least in flight: 100', 'it had the least in flight for its weight'],
  [
    'two-choices',
    'least of 2 drawn: 100',
    'of two that were drawn it had less in flight for its weight',
  ],
  ['least-time', 'least of 2 drawn: 300', 'of two that were drawn it would answer sooner'],
  ['maglev', 'key → 300', 'the message’s key belongs to it'],
  [
    'free-slot',
    'room at 300',
    'it had room for a message that waited; as in HAProxy, the algorithm is not asked then',
  ],
])('%s in few words: %s', (by, caption, because) => {
  const [reason, server] = RULES.find(([one]) => one.by === by) ?? []
  if (reason === undefined || server === undefined) throw new Error('There is no such rule.')
  expect(textOf(captionOf(decided(reason, server)))).toBe(caption)
  expect(reasonOf(decided(reason, server))).toBe(because)
})

it('names few of very many servers, and counts the others', () => {
  const compared = Array.from({ length: 20 }, (_, index) => ({
    server: `s${index}`,
    inFlight: 1 + index,
    weight: 1,
  }))
  const words = textOf(ruleOf(decided({ by: 'least-connections', compared, tied: 1 }, 's0')))
  expect(words).toMatch(/^least connections: 14 more; s1: /)
  expect(words).toMatch(/; s0: 1 in flight ÷ weight 1 = 1: the smallest$/)
})
