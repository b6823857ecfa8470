// Runs the labs of a comparison, each in a thread of its own, and puts their results together.
import type {
  ComparedLab,
  ComparisonRequest,
  ComparisonUpdate,
  RunningComparison,
} from '../../shared/compare/comparison'
import { type FirstChoice, FirstDifference } from '../../shared/compare/first-difference'
import { errorText } from '../../shared/error-text'
import { Pace } from './pace'
import type { LabToPlay } from './play-lab'

/** A lab that is playing, in another thread or in this one. */
interface PlayingLab {
  /** Tells the lab that its further choices are not needed. */
  stopChoices(): void
  stop(): void
}

interface LabListener {
  played(ms: number, choices: readonly FirstChoice[]): void
  ended(lab: ComparedLab): void
  failed(error: unknown): void
}

export type StartLab = (lab: LabToPlay, listener: LabListener) => PlayingLab

/** Calls `tell` until the comparison is done, failed or stopped. */
export function startComparison(
  { scenario, forMs, arrivals }: ComparisonRequest,
  startLab: StartLab,
  tell: (update: ComparisonUpdate) => void,
): RunningComparison {
  const { compare = [] } = scenario
  const parts = compare.map(() => 0)
  const ended: ComparedLab[] = []
  const first = new FirstDifference(compare.length)
  const pace = Pace.of(compare.length, forMs)
  let isOver = false

  function stop(): void {
    isOver = true
    for (const lab of labs) lab.stop()
  }

  const labs: PlayingLab[] = compare.map((compared, index) =>
    startLab(
      { scenario, compared, forMs, arrivals, pace: { memory: pace.memory, lab: index } },
      {
        played(ms, choices) {
          if (isOver) return
          parts[index] = Math.min(1, ms / forMs)
          if (!first.add(index, choices)) for (const lab of labs) lab.stopChoices()
          tell({ kind: 'progress', parts: [...parts] })
        },
        ended(lab) {
          if (isOver) return
          ended[index] = lab
          parts[index] = 1
          first.end(index)
          if (ended.filter((one) => one !== undefined).length < compare.length) {
            tell({ kind: 'progress', parts: [...parts] })
            return
          }
          stop()
          const { endMs } = pace
          const isCut = endMs < forMs && ended.some(({ ms }) => ms >= endMs)
          tell({
            kind: 'done',
            comparison: {
              labs: ended,
              difference: first.difference,
              ...(isCut && { stopped: { atMs: endMs, ofMs: forMs } }),
            },
          })
        },
        failed(error) {
          if (isOver) return
          stop()
          tell({ kind: 'failed', error: `The comparison has failed. ${errorText(error)}` })
        },
      },
    ),
  )
  return { stop, end: () => pace.end() }
}
