// The proxy's table on a terminal: its servers, what they do for which policy, and how they are.

import { hostAndPort } from '../../../shared/addresses'
import { poolIn } from '../../../shared/state/pool'
import type { RowState, State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'
import type { Colouring } from '../paint'

const HEAD = ['server', 'policy', 'at', 'served', 'failed', 'in flight', 'health']
/** Columns of numbers, which are aligned at the right. */
const NUMBERS: ReadonlySet<number> = new Set([3, 4, 5])

/** Lines of at most this width; of a long table as many as there is room for. */
export function proxyTable(
  state: Pick<State, 'rows' | 'totals' | 'pools'>,
  { columns, rows: height }: { columns: number; rows: number },
  paint: Colouring,
): string[] {
  if (state.rows.size === 0)
    return ['', paint('dim', 'No server has registered.'.slice(0, columns))]
  const { begun, answered, refused, lost } = state.totals.exchanges
  const open = begun - answered - refused - lost
  const summary = `${begun} messages: ${answered} answered, ${refused} refused, ${lost} lost, ${open} open`
  const all = [...state.rows.values()]
  const algorithms = [...new Set(all.map(({ policy }) => policy))].map(
    (policy) => `policy ${withVisibleControls(policy)}: ${poolIn(state, policy).algorithm}`,
  )
  const room = Math.max(1, height - 5)
  const shown = all.length > room ? all.slice(0, room) : all
  const cells = [HEAD, ...shown.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return NUMBERS.has(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
      .slice(0, columns),
  )
  const [head = '', ...body] = lines
  return [
    '',
    paint('bold', summary.slice(0, columns)),
    algorithms.join(', ').slice(0, columns),
    paint('dim', head),
    ...body.map((line, index) => (shown[index]?.health === 'down' ? paint('red', line) : line)),
    ...(all.length > shown.length ? [`and ${all.length - shown.length} more`] : []),
  ]
}

function cellsOf(row: RowState): string[] {
  const { server, policy, address, listenPort, served, failed, inFlight = 0 } = row
  return [
    withVisibleControls(server),
    withVisibleControls(policy),
    hostAndPort(address, listenPort),
    String(served),
    String(failed),
    String(inFlight),
    healthOf(row),
  ]
}

function healthOf({ health, cause, trial }: RowState): string {
  if (health !== 'down') return health
  if (trial) return 'down, tried with one message'
  return cause === undefined ? 'down' : `down: ${cause}`
}
