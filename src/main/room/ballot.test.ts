import { expect, it } from 'vitest'
import { MAX_KNOWN_VIEWERS } from '../../shared/limits'
import { numberTruth, type VoteAsk } from '../../shared/room/vote'
import { Ballot } from './ballot'
import { resultsCsv } from './results'

const SERVERS: VoteAsk = { kind: 'choice', options: ['Server 100', 'Server 300'], servers: [] }
const choice = (index: number) => ({ kind: 'choice', index }) as const

it('counts the last answer of each, and shows none before it may', () => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  expect(ballot.answer(1, 1, 1, choice(0))).toBe(true)
  expect(ballot.answer(1, 1, 1, choice(1))).toBe(true)
  expect(ballot.answer(2, 1, 1, choice(1))).toBe(true)
  expect(ballot.shown()).toMatchObject({ answered: 2, bars: null, truth: null })
  ballot.showBars(true)
  expect(ballot.shown()?.bars?.columns).toEqual([{ label: 'Vote', counts: [0, 2] }])
})

it.each([
  ['to another question', 2, 1, choice(0)],
  ['in another round', 1, 2, choice(0)],
  ['that is none of the options', 1, 1, choice(2)],
  ['of another kind', 1, 1, { kind: 'number', value: 1 } as const],
])('counts no answer %s', (_, id, round, answer) => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  expect(ballot.answer(1, id, round, answer)).toBe(false)
  expect(ballot.shown()?.answered).toBe(0)
})

it('counts no answer after the reveal, and takes no further round', () => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  ballot.reveal({ right: ['Server 100'], words: 'It went to server 100.' })
  expect(ballot.answer(1, 1, 1, choice(0))).toBe(false)
  expect(ballot.again()).toBe(false)
})

it('has the second vote beside the first, and hides both until the reveal', () => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  ballot.answer(1, 1, 1, choice(0))
  ballot.showBars(true)
  ballot.again()
  expect(ballot.shown()).toMatchObject({ round: 2, answered: 0, bars: null })
  expect(ballot.answerOf(1)).toEqual({ id: 1, round: 2, answer: null })
  ballot.answer(1, 1, 2, choice(1))
  ballot.reveal(null)
  expect(ballot.shown()?.bars?.columns).toEqual([
    { label: 'First vote', counts: [1, 0] },
    { label: 'Second vote', counts: [0, 1] },
  ])
})

it('is a column of hands alone where nobody has a device', () => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  ballot.hands([12, 30])
  ballot.reveal(null)
  expect(ballot.shown()?.bars?.columns).toEqual([{ label: 'Vote, by hands', counts: [12, 30] }])
  expect(ballot.favourite()).toEqual(choice(1))
})

it('takes an order of the right length', () => {
  const ballot = new Ballot()
  ballot.put('In which order?', { kind: 'order', options: ['A', 'B', 'C'], length: 2 })
  const order = (...indexes: number[]) => ({ kind: 'order', indexes }) as const
  expect(ballot.answer(1, 1, 1, order(0))).toBe(false)
  expect(ballot.answer(1, 1, 1, order(0, 3))).toBe(false)
  expect(ballot.answer(1, 1, 1, order(0, 0))).toBe(true)
  expect(ballot.answer(1, 1, 1, order(2, 0))).toBe(true)
  ballot.showBars(true)
  expect(ballot.shown()?.bars).toEqual({
    labels: ['C, A'],
    columns: [{ label: 'Vote', counts: [1] }],
  })
})

it('takes the mean of shares, beside what they were', () => {
  const ballot = new Ballot()
  ballot.put('How much?', { kind: 'share', options: ['A', 'B', 'C'] })
  const share = (...percents: number[]) => ({ kind: 'share', percents }) as const
  expect(ballot.favourite()).toBeUndefined()
  expect(ballot.answer(1, 1, 1, share(50, 50))).toBe(false)
  expect(ballot.answer(1, 1, 1, share(50, 50, 50))).toBe(false)
  expect(ballot.answer(1, 1, 1, share(50, 30, 20))).toBe(true)
  expect(ballot.answer(2, 1, 1, share(33, 33, 34))).toBe(true)
  expect(ballot.favourite()).toEqual(share(42, 31, 27))
  ballot.reveal({ right: [], words: '', shares: [70, 20, 10] })
  expect(ballot.shown()?.bars?.columns).toEqual([
    { label: 'Vote, on average', counts: [42, 31, 27] },
    { label: 'In fact', counts: [70, 20, 10] },
  ])
})

it('groups numbers, and the rare ones together', () => {
  const ballot = new Ballot()
  ballot.put('How long?', { kind: 'number', unit: 'ms' })
  for (let voter = 0; voter < 30; voter++) {
    ballot.answer(voter, 1, 1, { kind: 'number', value: voter < 15 ? 200 : voter })
  }
  ballot.reveal({ right: ['90 ms'], words: 'It is 90 ms.' })
  const { labels = [], columns = [] } = ballot.shown()?.bars ?? {}
  expect(labels).toContain('90 ms')
  expect(labels.at(-1)).toBe('Other answers')
  expect(labels[labels.indexOf('200 ms') - 1]).toBe('90 ms')
  expect(columns[0]?.counts.reduce((sum, count) => sum + count)).toBe(30)
})

it('takes a number that is close enough for right, and says what it was', () => {
  const ballot = new Ballot()
  ballot.put('How long?', { kind: 'number', unit: 'ms' })
  for (const [voter, value] of [90, 95.1, 84.9].entries()) {
    ballot.answer(voter, 1, 1, { kind: 'number', value })
  }
  ballot.reveal(numberTruth(90.1, 5, 'ms'))
  expect(ballot.shown()?.truth).toMatchObject({
    right: ['90.1 ms', '90 ms', '95.1 ms'],
    words: 'It is 90.1 ms; ±5 is right as well.',
  })
  expect(
    resultsCsv(ballot.votes, () => '')
      .split('\r\n')
      .slice(1),
  ).toEqual([
    '1,How long?,1,0,,90 ms,1,90.1 ms,yes',
    '1,How long?,1,1,,95.1 ms,1,90.1 ms,yes',
    '1,How long?,1,2,,84.9 ms,1,90.1 ms,no',
  ])
})

it('gives results that no spreadsheet calculates', () => {
  const ballot = new Ballot()
  ballot.put('=1+1', { kind: 'choice', options: ['@a', 'b'], servers: [] })
  ballot.answer(7, 1, 1, choice(0))
  ballot.hands([0, 4])
  ballot.reveal({ right: ['b'], words: '' })
  expect(resultsCsv(ballot.votes, () => '+Ana').split('\r\n')).toEqual([
    'question,words,round,viewer,name,answer,count,happened,right',
    "1,'=1+1,1,7,'+Ana,'@a,1,b,no",
    "1,'=1+1,1,hands,,b,4,b,yes",
  ])
})

it('counts no more answers than there can be viewers, and lets those who answered change theirs', () => {
  const ballot = new Ballot()
  ballot.put('Which?', SERVERS)
  const answer = (voter: number, index: number) =>
    ballot.answer(voter, 1, 1, { kind: 'choice', index })
  for (let voter = 0; voter < MAX_KNOWN_VIEWERS; voter++) expect(answer(voter, 0)).toBe(true)
  expect(answer(MAX_KNOWN_VIEWERS, 0)).toBe(false)
  expect(answer(0, 1)).toBe(true)
  expect(ballot.shown()?.answered).toBe(MAX_KNOWN_VIEWERS)
})
