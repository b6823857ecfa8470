import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../shared/state/state'
import { candidatesOf, reasonOf, receiptOf, windowOf } from './receipt'
import { decisionOf } from './testing'

const textOf = (decision: Decision) => {
  const { title, lines } = receiptOf(decision)
  const told = lines.map((line) =>
    line.map((word) => (typeof word === 'string' ? word : word.strong)).join(''),
  )
  return [title, ...told]
}

const many = Array.from({ length: 300 }, (_, index) => `S${index}`)

describe('the receipt of a decision', () => {
  it('says who serves the policy, whose turn it was, and who is next', () => {
    expect(textOf(decisionOf())).toEqual([
      'Why server 300?',
      'policy 111 is served by 100 and 300',
      'round-robin: it was the turn of 300, number 2 of 2',
      'after it the turn went to 100',
    ])
  })

  it('names each server that was passed over, and why', () => {
    const decision = decisionOf({
      candidates: ['100', '300', '500'],
      server: '500',
      turn: 0,
      skipped: [
        { server: '100', reason: 'down' },
        { server: '300', reason: 'down' },
      ],
    })
    expect(textOf(decision).slice(1)).toEqual([
      'policy 111 is served by 100, 300 and 500',
      'round-robin: it was the turn of 100, number 1 of 3',
      'server 100 was passed over: it is down',
      'server 300 was passed over: it is down',
      'the next one that is up is 500',
      'after it the turn went to 100',
    ])
    expect(reasonOf(decision)).toBe('2 servers before it are down')
  })

  it('says that nobody was there', () => {
    const decision = decisionOf({ server: null, candidates: [], turn: 0, next: null })
    expect(textOf(decision)).toEqual([
      'Why no server?',
      'nobody served policy 111 when the message came',
    ])
    expect(reasonOf(decision)).toBe('nobody serves the policy')
  })

  it('makes no ado of the only server', () => {
    const decision = decisionOf({ candidates: ['300'], turn: 0, next: '300' })
    expect(textOf(decision)).toEqual([
      'Why server 300?',
      'policy 111 is served by 300',
      'round-robin: it was the turn of 300',
      'it has every turn',
    ])
  })

  it('stays short for 300 servers, most of them down', () => {
    const skipped = many.slice(0, 200).map((server) => ({ server, reason: 'down' as const }))
    const decision = decisionOf({
      candidates: many,
      server: 'S200',
      turn: 0,
      skipped,
      next: 'S201',
    })
    const text = textOf(decision)
    expect(text).toHaveLength(11)
    expect(text[1]).toBe('policy 111 is served by 300 servers')
    expect(text).toContain('195 more were passed over: they are down')
  })
})

it('tells each candidate’s part in the decision', () => {
  const skipped = [{ server: '100', reason: 'down' as const }]
  const decision = decisionOf({ candidates: ['100', '300', '500'], turn: 0, skipped })
  expect(candidatesOf(decision)).toEqual([
    { server: '100', part: 'skipped', turn: true },
    { server: '300', part: 'picked', turn: false },
    { server: '500', part: 'passive', turn: false },
  ])
  expect(reasonOf(decision)).toBe('100, whose turn it was, is down')
})

it.each([
  [0, 0],
  [150, 150],
  [299, 299],
  [150, 154],
  [10, 200],
  [298, 3],
])(
  'shows the picked one among many, where the turn was at %d and number %d was picked',
  (turn, picked) => {
    const decision = decisionOf({ candidates: many, server: `S${picked}`, turn })
    const { from, to } = windowOf(decision, 8)
    expect(to - from).toBe(8)
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(300)
    expect(picked >= from && picked < to).toBe(true)
  },
)
