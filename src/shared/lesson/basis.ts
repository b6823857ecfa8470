// What a predicted number was compared with, in words: which figure, of how many messages, without what, and how far off is right.
import { counted } from '../format'
import type { FIGURES, LabFigure } from './condition'
import type { Measured } from './figure'
import type { Ask } from './lesson'
import { numberWords } from './number-words'

type NumberAsk = Extract<Ask, { ask: 'number' }>
type FigureName = (typeof FIGURES)[number]

/** Each reads on with “of policy 111”. */
const FIGURE_WORDS: Readonly<Record<FigureName, string>> = {
  p50: 'the p50',
  p90: 'the p90',
  p99: 'the p99',
  max: 'the longest time',
  rate: 'the messages a second',
  answered: 'the answers a second',
  refused: 'the refusals a second',
  lost: 'the lost messages a second',
  errors: 'the errors a second',
  inFlight: 'the mean number in flight',
  queued: 'the number that waits',
  utilisation: 'the utilisation',
  share: 'the share',
}

const IS_OF_ANSWERS: ReadonlySet<FigureName> = new Set(['p50', 'p90', 'p99', 'max'])

/** Empty: the number that it was says everything. `within`: how far off is right. */
export function basisWords(
  truth: NumberAsk['truth'],
  within: number,
  measured: Measured | undefined,
): string {
  const words: string[] = []
  if (measured !== undefined && 'figure' in truth) words.push(figureWords(truth, measured))
  const machineMs = Math.round(measured?.machineMs ?? 0)
  if (machineMs > 0) {
    words.push(
      `Of each message’s time, ${numberWords(machineMs)} ms on average were this machine’s own: they are left out.`,
    )
  }
  if (within > 0) {
    words.push(`An answer within ±${numberWords(Number(within.toPrecision(2)))} of it is right.`)
  }
  return words.join(' ')
}

function figureWords(figure: LabFigure, { messages }: Measured): string {
  const { of, seconds = 1 } = figure
  const whose = of === 'all' ? '' : ` of ${of}`
  const since = seconds === 1 ? 'the last second' : `the last ${seconds} seconds`
  const from = IS_OF_ANSWERS.has(figure.figure) ? counted(messages, 'answer') : 'what happened'
  const when = figure.figure === 'queued' ? 'at the end' : `from ${from} in ${since}`
  return `Compared with what the lab has measured: ${FIGURE_WORDS[figure.figure]}${whose}, ${when}.`
}
