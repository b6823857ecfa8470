// An answer that is not the truth, and yet one that the page offers.
import type { Answer, Truth } from '../../src/shared/lesson/answer'
import type { LessonView, ShownQuestion } from '../../src/shared/lesson/lesson-line'

export function wrongAnswer({ gate }: LessonView, truth: Truth | null): Answer {
  if (gate.kind !== 'ask') throw new Error('Nothing is asked.')
  return wrongFor(gate.question, truth)
}

function wrongFor(question: ShownQuestion, truth: Truth | null): Answer {
  switch (question.kind) {
    case 'server': {
      const right = truth?.kind === 'server' ? truth.server : undefined
      const server = [...question.servers, null].find((each) => each !== right)
      return { kind: 'server', server: server ?? null }
    }
    case 'order': {
      const right = truth?.kind === 'order' ? truth.servers : []
      const servers = Array.from({ length: question.length }, (_, place) => {
        const other = question.servers.find((each) => each !== right[place])
        return other ?? question.servers[0] ?? ''
      })
      return { kind: 'order', servers }
    }
    case 'share': {
      const shares = truth?.kind === 'share' ? truth.shares : []
      const percents = new Map(shares.map(({ server, percent }) => [server, percent]))
      const percentOf = (server: string) => percents.get(server) ?? 0
      // All of it for the server that gets least.
      const [least] = [...question.servers].sort((a, b) => percentOf(a) - percentOf(b))
      return {
        kind: 'share',
        shares: question.servers.map((server) => ({
          server,
          percent: server === least ? 100 : 0,
        })),
      }
    }
    case 'number': {
      const right = truth?.kind === 'number' ? truth.value : 0
      const { least, most } = question
      const ends = [most ?? right * 10 + 1_000, least ?? -(right * 10 + 1_000)]
      const [furthest = 0] = ends.sort((a, b) => Math.abs(b - right) - Math.abs(a - right))
      return { kind: 'number', value: furthest }
    }
    case 'choice': {
      const right = truth?.kind === 'choice' ? truth.index : undefined
      return { kind: 'choice', index: question.choices.findIndex((_, index) => index !== right) }
    }
  }
}
