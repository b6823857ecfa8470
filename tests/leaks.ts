// What tests leave running: timers, loops of immediates, servers, sockets, child processes, worker threads, file
// watchers, and listeners on this process or on an emitter that is older than the test. A test that leaves one behind
// fails with the place where that began.
//
// Not seen: timeouts of at most 250 ms; intervals of node:timers/promises and timeouts of util.promisify; timers under
// vi.useFakeTimers; listeners on event targets (AbortSignal, window) and in lists of our own, such as an engine's; what
// a child process or a worker starts; UDP sockets, open files and fs.promises.watch; promises that stay pending. Tests
// that run concurrently are not distinguished.
import { setTimeout as wait } from 'node:timers/promises'
import {
  type Resource,
  watchFiles,
  watchHandles,
  watchImmediates,
  watchListeners,
  watchTimers,
  watchWorkers,
} from './leak-watchers'

/** How long something that was told to close may take to be closed. */
const GRACE_MS = 2_000
const CHECK_EVERY_MS = 5
const FORGET_EVERY = 100

interface Running {
  readonly resources: ReadonlySet<Resource>
  readonly listeners: readonly unknown[]
  readonly immediates: number
}

/** What the test files of a process share. */
interface Registry {
  readonly open: Set<Resource>
  /** Begins a test: emitters made until now are older than the test. */
  beginTest(): void
  /** Finds where immediates begin while they are looked for. */
  readonly immediates: { begunAt: string | undefined; areSought: boolean }
}

const { open, beginTest, immediates } = registry()

/** One in a process, in which many test files may run, some with modules of their own. */
function registry(): Registry {
  const KEY = Symbol.for('roundabout.tests.open')
  const known: Registry | undefined = Reflect.get(globalThis, KEY)
  if (known !== undefined) return known
  const open = new Set<Resource>()
  let notes = 0
  const note = (resource: Resource) => {
    // A test may open thousands, and count the bytes in use. The new one may begin only after this call.
    if (++notes % FORGET_EVERY === 0) forgetEnded(open)
    open.add(resource)
  }
  watchTimers(note)
  watchHandles(note)
  watchWorkers(note)
  watchFiles(note)
  const beginTest = watchListeners(note)
  const created: Registry = { open, beginTest, immediates: watchImmediates() }
  Reflect.set(globalThis, KEY, created)
  return created
}

function forgetEnded(resources: Set<Resource>): void {
  for (const resource of resources) if (!resource.isOpen()) resources.delete(resource)
}

/** What runs at present, and who listens to events of this process. */
export function running(): Running {
  forgetEnded(open)
  beginTest()
  return {
    resources: new Set(open),
    listeners: listenersOfProcess(),
    immediates: pendingImmediates(),
  }
}

/** Rejects if something runs that did not before, after a time for things that are being closed. */
export async function ensureNothingLeft(before: Running, graceMs = GRACE_MS): Promise<void> {
  const left = () => {
    const resources = [...open].filter((each) => !before.resources.has(each) && each.isOpen())
    const listeners = listenersOfProcess().filter((each) => !before.listeners.includes(each))
    const loops = Math.max(0, pendingImmediates() - before.immediates)
    return { resources, listeners, loops, count: resources.length + listeners.length + loops }
  }
  const until = performance.now() + graceMs
  immediates.begunAt = undefined
  immediates.areSought = true
  // An immediate that is no loop has run by then.
  if (left().loops > 0) await wait(CHECK_EVERY_MS)
  while (left().count > 0 && performance.now() < until) await wait(CHECK_EVERY_MS)
  immediates.areSought = false
  const { resources, listeners, loops, count } = left()
  if (count === 0) return
  for (const resource of resources) open.delete(resource)
  const lines = [
    ...resources.map(({ name, stack }) => `${name}, begun here:\n${stack}`),
    ...listeners.map((listener) => `a listener on this process: ${listener}`),
    ...(loops > 0 ? [`a loop of immediates, the last one begun here:\n${immediates.begunAt}`] : []),
  ]
  throw new Error(`The test leaves ${count} behind:\n${lines.join('\n')}`)
}

function pendingImmediates(): number {
  return process.getActiveResourcesInfo().filter((type) => type === 'Immediate').length
}

function listenersOfProcess(): unknown[] {
  return process.eventNames().flatMap((name) => process.rawListeners(`${String(name)}`))
}
