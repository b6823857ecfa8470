// Unexpected problems in the page, or in the process behind it. Each is shown once, and repetitions are counted. Many
// different ones share one notice per source, and only a few are logged.
import { create } from 'zustand'
import { version } from '../../../../package.json'
import type { Bridge, Problem } from '../../../shared/contract'
import { problemKey, problemOf, withoutStop } from '../../../shared/problem'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { usePast } from '../past/moment'

export interface ShownProblem extends Problem {
  key: string
  source: 'window' | 'engine'
  times: number
  dismissed: boolean
}

interface Problems {
  /** In the order in which they first happened. */
  problems: readonly ShownProblem[]
}

export const useProblems = create<Problems>(() => ({ problems: [] }))

/** How many different problems of a source are shown; further ones share one notice. */
export const MAX_KNOWN = 10
const MANY_WORDS: Readonly<Record<ShownProblem['source'], string>> = {
  window: 'More and more goes wrong in the window. Reload it; the lab goes on.',
  engine: 'More and more goes wrong in the engine. It goes on; save your session to be safe.',
}

/** Not a fault: browsers report size changes during layout as an error when they postpone them to the next frame. */
const BENIGN = new Set([
  'ResizeObserver loop completed with undelivered notifications.',
  'ResizeObserver loop limit exceeded',
])

let bridge: Bridge | undefined

/** Collects uncaught errors from now on. Returns the way to stop. */
export function startProblems(newBridge: Bridge, page: EventTarget = window): () => void {
  bridge = newBridge
  const onError = (event: Event) => {
    const { error, message, filename, lineno, colno } = event as ErrorEvent
    if (BENIGN.has(message)) return
    // A worker's error arrives without its error object.
    takeFault(error ?? { message, stack: `    at ${filename}:${lineno}:${colno}` })
  }
  const onRejection = (event: Event) => takeFault((event as PromiseRejectionEvent).reason)
  page.addEventListener('error', onError)
  page.addEventListener('unhandledrejection', onRejection)
  const stopEngine = newBridge.onProblem((problem) => add('engine', problem, problem.message))
  return () => {
    page.removeEventListener('error', onError)
    page.removeEventListener('unhandledrejection', onRejection)
    stopEngine()
    bridge = undefined
    useProblems.setState({ problems: [] })
  }
}

/** Adds a fault of the page. `place`: where on the screen, if known. */
export function takeFault(fault: unknown, place?: string): void {
  const problem = problemHere(fault, place)
  const words = `Something went wrong in the window: ${withoutStop(problem.message)}. The lab goes on.`
  const times = add('window', problem, words)
  if (isPowerOfTwo(times)) bridge?.reportProblem(problem)
}

export function dismissProblem(key: string): void {
  useProblems.setState(({ problems }) => ({
    problems: problems.map((known) => (known.key === key ? { ...known, dismissed: true } : known)),
  }))
}

/**
 * A fault of the page, with facts for the person who repairs it: the program's version and what was open, but no
 * content of messages.
 */
export function problemHere(fault: unknown, place?: string): Problem {
  return problemOf(fault, [...(place ? [place.trim()] : []), program(), open()].join('\n'))
}

/** Adds a problem. Returns how often it has happened. */
function add(source: ShownProblem['source'], problem: Problem, message: string): number {
  const { problems } = useProblems.getState()
  const key = `${source} ${problemKey(problem)}`
  const sameSource = problems.filter((known) => known.source === source)
  const isMany = sameSource.length >= MAX_KNOWN && !sameSource.some((known) => known.key === key)
  const wanted = isMany ? `many ${source}` : key
  const before = problems.find((known) => known.key === wanted)
  const times = (before?.times ?? 0) + 1
  useProblems.setState({
    problems: before
      ? problems.map((known) => (known === before ? { ...known, times } : known))
      : [
          ...problems,
          {
            key: wanted,
            source,
            message: isMany ? MANY_WORDS[source] : message,
            details: problem.details,
            times,
            dismissed: false,
          },
        ],
  })
  return times
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number))
}

function program(): string {
  return `Roundabout ${version}, window (${bridge?.kind ?? 'not connected'}), ${navigator.userAgent}`
}

function open(): string {
  const { selection, dockOpen, dockTab, inspectorOpen, composer } = useUi.getState()
  const { state } = useLab.getState()
  return [
    `Open: ${usePast.getState().view}, event ${state.seq}, ${state.nodes.size} nodes`,
    `dock ${dockOpen ? dockTab : 'closed'}`,
    `inspector ${inspectorOpen ? 'open' : 'closed'}`,
    ...(composer.open ? ['composer'] : []),
    ...(selection ? [`selected ${selection.kind} ${selection.id}`] : []),
  ].join(', ')
}
