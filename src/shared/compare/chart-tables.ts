// The figures of a comparison's charts as tables, for those who do not see the charts or want the numbers. Pure.
import { type ComparedChart, valueWords } from './charts'
import { type ComparedShare, shareWords } from './shares'

export interface FigureTable {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly head: string; readonly cells: readonly string[] }[]
}

/** More would take too long to read. */
const MOST_SECONDS = 24
/** Steps between the seconds of a table: 1 s, 5 s, … */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200, 18_000]

/** A row for each second; of a longer time, for every fifth, tenth and so on, and for the last. */
export function lineTable(chart: ComparedChart): FigureTable {
  const { title, unit, lines } = chart
  const count = lines[0]?.values.length ?? 0
  const step = STEPS.find((one) => count / one <= MOST_SECONDS) ?? Math.ceil(count / MOST_SECONDS)
  const seconds = Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step)
  if (count > 0 && seconds.at(-1) !== count - 1) seconds.push(count - 1)
  return {
    caption: `${title}${unit && `, ${unit}`}${step === 1 ? '' : `: every ${step} seconds`}`,
    columns: ['Second', ...lines.map(({ name }) => name)],
    rows: seconds.map((second) => ({
      head: String(second),
      cells: lines.map(({ values }) => valueWords(chart, values[second] ?? null)),
    })),
  }
}

/** A row for each server, also for those that the chart leaves out. */
export function shareTable(shares: readonly ComparedShare[], labs: readonly string[]): FigureTable {
  return {
    caption: 'Share of its policy’s messages, and the one that was due',
    columns: ['Server', ...labs.flatMap((name) => [name, `${name}: due`])],
    rows: shares.map(({ id, label, share, due }) => ({
      head: label === undefined ? id : `${id} (${label})`,
      cells: labs.flatMap((_, lab) => [share[lab], due[lab]].map(shareFigure)),
    })),
  }
}

function shareFigure(share: number | undefined): string {
  return share === undefined ? '–' : shareWords(share)
}
