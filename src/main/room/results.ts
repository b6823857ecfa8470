// The results of a class as a table, for the instructor alone: who has predicted what. Viewers who gave no name are numbers.
import { csvTable } from '../../shared/csv'
import { answerLabel } from '../../shared/room/vote'
import type { Vote } from './ballot'

const HEAD = [
  'question',
  'words',
  'round',
  'viewer',
  'name',
  'answer',
  'count',
  'happened',
  'right',
]

export function resultsCsv(votes: readonly Vote[], nameOf: (voter: number) => string): string {
  return csvTable([HEAD, ...votes.flatMap((vote) => rowsOf(vote, nameOf))])
}

function rowsOf(vote: Vote, nameOf: (voter: number) => string): string[][] {
  const { id, question, ask, truth } = vote
  // Of a number, the others were close enough.
  const right = truth?.number === undefined ? truth?.right : truth.right.slice(0, 1)
  const happened = right?.join(' / ') ?? ''
  const isRight = (label: string) => {
    if (truth === null || truth.right.length === 0) return ''
    return truth.right.includes(label) ? 'yes' : 'no'
  }
  return vote.rounds.flatMap(({ answers, hands }, index) => {
    const head = [String(id), question, String(index + 1)]
    const devices = [...answers].map(([voter, answer]) => {
      const label = answerLabel(ask, answer)
      return [...head, String(voter), nameOf(voter), label, '1', happened, isRight(label)]
    })
    const raised = hands.flatMap((count, option) => {
      const label = answerLabel(ask, { kind: 'choice', index: option })
      return count === 0
        ? []
        : [[...head, 'hands', '', label, String(count), happened, isRight(label)]]
    })
    return [...devices, ...raised]
  })
}
