// The lines that the program in the proxy's place prints, in the proxy's terminal. Each is an event, which is recorded and sent
// to every screen: of a program that prints without end, most are left out.
import { PROXY, type SimMs } from '../../../shared/ids'
import type { Lab } from '../lab'

const MOST_A_SECOND = 200
const SECOND_MS = 1_000

/** Gets the program's lines. */
export function printedBy({ clock, journal }: Lab): (text: string) => void {
  let since: SimMs = Number.NEGATIVE_INFINITY
  let lines = 0
  return (text) => {
    const now = clock.now()
    if (now - since >= SECOND_MS) {
      since = now
      lines = 0
    }
    lines++
    if (lines <= MOST_A_SECOND) journal.emit({ type: 'log', node: PROXY, level: 'info', text })
    if (lines === MOST_A_SECOND + 1) {
      journal.emit({ type: 'log', node: PROXY, level: 'warning', text: LEFT_OUT })
    }
  }
}

const LEFT_OUT = `The program prints faster than ${MOST_A_SECOND} lines a second: the others of this second are left out.`
