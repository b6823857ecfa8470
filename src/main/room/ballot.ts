// The votes of one class: who has answered what in which round, and what of it is shown to everybody. Knows no lab.
import { MAX_KNOWN_VIEWERS, MAX_VOTE_ROUNDS, MAX_VOTES } from '../../shared/limits'
import {
  answerLabel,
  isAnswerTo,
  type ShownVote,
  type VoteAnswer,
  type VoteAsk,
  type VoteBars,
  type VoteColumn,
  type VoteTruth,
} from '../../shared/room/vote'

/** A viewer, by its number. */
type Voter = number

interface Round {
  readonly answers: Map<Voter, VoteAnswer>
  /** Raised hands by answer; empty: none were counted. */
  hands: readonly number[]
}

export interface Vote {
  readonly id: number
  readonly question: string
  readonly ask: VoteAsk
  readonly rounds: Round[]
  barsShown: boolean
  isRevealed: boolean
  truth: VoteTruth | null
}

/** For what floating point leaves of a difference of two decimals. */
const LEAST = 1e-9
/** Bars of answers that are not given beforehand. */
const MAX_FREE_BARS = 10
const ROUNDS = ['First vote', 'Second vote', 'Third vote', 'Fourth vote', 'Fifth vote']

export class Ballot {
  /** In the order in which they were put. */
  readonly votes: Vote[] = []
  private lastId = 0
  private open: Vote | null = null

  get current(): Vote | null {
    return this.open
  }

  put(question: string, ask: VoteAsk): Vote {
    const vote: Vote = {
      id: ++this.lastId,
      question,
      ask,
      rounds: [newRound()],
      barsShown: false,
      isRevealed: false,
      truth: null,
    }
    this.votes.push(vote)
    if (this.votes.length > MAX_VOTES) this.votes.shift()
    this.open = vote
    return vote
  }

  /** Returns whether the answer was counted: it is to the round that is open, and one that can be given. */
  answer(voter: Voter, id: number, round: number, answer: VoteAnswer): boolean {
    const vote = this.open
    if (vote === null || vote.id !== id || vote.rounds.length !== round) return false
    if (vote.isRevealed || !isAnswerTo(vote.ask, answer)) return false
    const { answers } = roundOf(vote)
    if (answers.size >= MAX_KNOWN_VIEWERS && !answers.has(voter)) return false
    answers.set(voter, answer)
    return true
  }

  /** The viewer's answer in the round that is open, or in an earlier one. */
  answerOf(voter: Voter): { id: number; round: number; answer: VoteAnswer | null } | undefined {
    const vote = this.open
    if (vote === null) return undefined
    for (let round = vote.rounds.length; round > 0; round--) {
      const answer = vote.rounds[round - 1]?.answers.get(voter)
      // Before the reveal only the open round counts: everybody thinks anew.
      if (answer !== undefined) return { id: vote.id, round, answer }
      if (!vote.isRevealed) break
    }
    return { id: vote.id, round: vote.rounds.length, answer: null }
  }

  /** Begins another round; returns false if there have been too many, or the truth is known. */
  again(): boolean {
    const vote = this.open
    if (vote === null || vote.isRevealed || vote.rounds.length >= MAX_VOTE_ROUNDS) return false
    vote.rounds.push(newRound())
    vote.barsShown = false
    return true
  }

  hands(counts: readonly number[]): void {
    if (this.open === null || this.open.ask.kind !== 'choice') return
    const { options } = this.open.ask
    const hands = options.map((_, index) => counts[index] ?? 0)
    roundOf(this.open).hands = hands.some((count) => count > 0) ? hands : []
  }

  showBars(shown: boolean): void {
    if (this.open !== null) this.open.barsShown = shown
  }

  reveal(truth: VoteTruth | null): void {
    if (this.open === null) return
    this.open.isRevealed = true
    this.open.truth = truth && withCloseNumbers(this.open, truth)
  }

  end(): void {
    this.open = null
  }

  shown(): ShownVote | null {
    const vote = this.open
    if (vote === null) return null
    const { id, question, ask, rounds, isRevealed, barsShown, truth } = vote
    return {
      id,
      round: rounds.length,
      question,
      ask,
      isRevealed,
      answered: roundOf(vote).answers.size,
      bars: isRevealed || barsShown ? barsOf(vote) : null,
      truth: isRevealed ? truth : null,
    }
  }

  /** The answer that most have given in this round, devices and hands together; undefined if nobody has. */
  favourite(): VoteAnswer | undefined {
    const vote = this.open
    if (vote === null) return undefined
    const { answers, hands } = roundOf(vote)
    if (vote.ask.kind === 'share') {
      const percents = meanShares(answers.values(), vote.ask.options.length)
      return answers.size === 0 ? undefined : { kind: 'share', percents }
    }
    const counts = new Map<string, { answer: VoteAnswer; count: number }>()
    const add = (answer: VoteAnswer, by: number) => {
      const label = answerLabel(vote.ask, answer)
      const before = counts.get(label)?.count ?? 0
      counts.set(label, { answer, count: before + by })
    }
    for (const answer of answers.values()) add(answer, 1)
    hands.forEach((count, index) => {
      if (count > 0) add({ kind: 'choice', index }, count)
    })
    return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.answer
  }
}

export function roundOf(vote: Vote): Round {
  const round = vote.rounds.at(-1)
  if (round === undefined) throw new Error('A vote has at least one round.')
  return round
}

/** Numbers that are close enough are right, too. */
function withCloseNumbers({ ask, rounds }: Vote, truth: VoteTruth): VoteTruth {
  if (truth.number === undefined) return truth
  const { value, within } = truth.number
  const given = rounds.flatMap(({ answers }) => [...answers.values()])
  const close = given.filter(
    (answer) => answer.kind === 'number' && Math.abs(answer.value - value) <= within + LEAST,
  )
  const labels = close.map((answer) => answerLabel(ask, answer))
  return { ...truth, right: [...new Set([...truth.right, ...labels])] }
}

function newRound(): Round {
  return { answers: new Map(), hands: [] }
}

function barsOf(vote: Vote): VoteBars {
  if (vote.ask.kind === 'share') return shareBars(vote, vote.ask.options)
  const labels = vote.ask.kind === 'choice' ? vote.ask.options : freeLabels(vote)
  const columns = vote.rounds.flatMap((round, index): VoteColumn[] => {
    const label = roundLabel(vote, index)
    const devices = { label, counts: countsOf(vote, round, labels) }
    const hands = { label: `${label}, by hands`, counts: round.hands }
    if (round.hands.length === 0) return [devices]
    return round.answers.size === 0 ? [hands] : [devices, hands]
  })
  return { labels, columns }
}

function roundLabel({ rounds }: Vote, index: number): string {
  return rounds.length === 1 ? 'Vote' : (ROUNDS[index] ?? `Vote ${index + 1}`)
}

/** The mean of what was answered in each round, beside what happened. */
function shareBars(vote: Vote, labels: readonly string[]): VoteBars {
  const columns = vote.rounds.map(({ answers }, index) => ({
    label: `${roundLabel(vote, index)}, on average`,
    counts: meanShares(answers.values(), labels.length),
  }))
  const shares = vote.truth?.shares
  return { labels, columns: shares ? [...columns, { label: 'In fact', counts: shares }] : columns }
}

/** Whole per cents, together 100; all 0 without an answer. */
function meanShares(answers: Iterable<VoteAnswer>, length: number): number[] {
  const sums = Array<number>(length).fill(0)
  let count = 0
  for (const answer of answers) {
    if (answer.kind !== 'share') continue
    count++
    for (const [at, percent] of answer.percents.entries()) sums[at] = (sums[at] ?? 0) + percent
  }
  if (count === 0) return sums
  let [exact, given] = [0, 0]
  return sums.map((sum) => {
    exact += sum / count
    const percent = Math.round(exact) - given
    given += percent
    return percent
  })
}

function countsOf(vote: Vote, round: Round, labels: readonly string[]): number[] {
  const counts = labels.map(() => 0)
  for (const answer of round.answers.values()) {
    const at = labels.indexOf(answerLabel(vote.ask, answer))
    const bar = at >= 0 ? at : labels.length - 1
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  return counts
}

const OTHERS = 'Other answers'

/** The answers that were given most often, numbers in their order, and the others together. */
function freeLabels(vote: Vote): string[] {
  const counts = new Map<string, { count: number; value: number }>()
  for (const { answers } of vote.rounds) {
    for (const answer of answers.values()) {
      const label = answerLabel(vote.ask, answer)
      const { count = 0 } = counts.get(label) ?? {}
      counts.set(label, { count: count + 1, value: answer.kind === 'number' ? answer.value : 0 })
    }
  }
  for (const label of vote.truth?.right ?? []) {
    if (!counts.has(label)) counts.set(label, { count: 0, value: Number.parseFloat(label) || 0 })
  }
  const right = new Set(vote.truth?.right)
  const byCount = [...counts].toSorted(
    ([a, one], [b, other]) =>
      Number(right.has(b)) - Number(right.has(a)) || other.count - one.count,
  )
  const most = byCount.slice(0, MAX_FREE_BARS)
  const shown =
    vote.ask.kind === 'number' ? most.toSorted(([, a], [, b]) => a.value - b.value) : most
  const labels = shown.map(([label]) => label)
  return byCount.length > MAX_FREE_BARS ? [...labels, OTHERS] : labels
}
