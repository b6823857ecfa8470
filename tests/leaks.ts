// What tests leave running: timers, servers, sockets, child processes, and listeners on this process. A test that leaves one behind fails,
// and is shown where that began.
import { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { Server, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** How long something that was told to close may take to be closed. */
const GRACE_MS = 2_000
const CHECK_EVERY_MS = 5
/** Shorter ones, which space out updates of the screen, end by themselves. */
const SHORT_TIMEOUT_MS = 250
const FORGET_EVERY = 100

interface Resource {
  readonly name: string
  isOpen(): boolean
  /** Where it began. */
  readonly stack: string | undefined
}

interface Running {
  readonly resources: ReadonlySet<Resource>
  readonly listeners: readonly unknown[]
}

const open = registry()

/** One in a process, in which many test files may run, some with modules of their own. */
function registry(): Set<Resource> {
  const KEY = Symbol.for('roundabout.tests.open')
  const known: Set<Resource> | undefined = Reflect.get(globalThis, KEY)
  if (known !== undefined) return known
  const created = new Set<Resource>()
  Reflect.set(globalThis, KEY, created)
  let notes = 0
  const note = (resource: Resource) => {
    created.add(resource)
    // A test may open thousands, and count the bytes in use.
    if (++notes % FORGET_EVERY === 0) forgetEnded(created)
  }
  watchTimers(note)
  watchHandles(note)
  return created
}

function forgetEnded(resources: Set<Resource>): void {
  for (const resource of resources) if (!resource.isOpen()) resources.delete(resource)
}

/** What runs at present, and who listens to events of this process. */
export function running(): Running {
  forgetEnded(open)
  return { resources: new Set(open), listeners: listenersOfProcess() }
}

/** Rejects where something runs that did not before, once that which is being closed has been given its time. */
export async function ensureNothingLeft(before: Running, graceMs = GRACE_MS): Promise<void> {
  const left = () => {
    const resources = [...open].filter((each) => !before.resources.has(each) && each.isOpen())
    const listeners = listenersOfProcess().filter((each) => !before.listeners.includes(each))
    return { resources, listeners, count: resources.length + listeners.length }
  }
  const until = performance.now() + graceMs
  while (left().count > 0 && performance.now() < until) await wait(CHECK_EVERY_MS)
  const { resources, listeners, count } = left()
  if (count === 0) return
  for (const resource of resources) open.delete(resource)
  const lines = [
    ...resources.map(({ name, stack }) => `${name}, begun here:\n${stack}`),
    ...listeners.map((listener) => `a listener on this process: ${listener}`),
  ]
  throw new Error(`The test leaves ${count} behind:\n${lines.join('\n')}`)
}

function listenersOfProcess(): unknown[] {
  return process.eventNames().flatMap((name) => process.rawListeners(`${String(name)}`))
}

type Note = (resource: Resource) => void

function watchTimers(note: Note): void {
  const ends = new WeakMap<object, () => void>()
  const begin = (name: string, handle: object): (() => void) => {
    let isOpen = true
    const end = () => {
      isOpen = false
    }
    ends.set(handle, end)
    note({ name, isOpen: () => isOpen, stack: whereItBegan() })
    return end
  }
  const ending = {
    apply(clear: (handle: unknown) => void, _self: unknown, [handle]: [unknown]) {
      if (typeof handle === 'object' && handle !== null) ends.get(handle)?.()
      clear(handle)
    },
  }
  globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
    apply(set, _self, [task, ms = 0, ...rest]: Parameters<typeof setTimeout>) {
      if (ms <= SHORT_TIMEOUT_MS) return set(task, ms, ...rest)
      let end = () => {}
      const handle = set(() => {
        end()
        task(...rest)
      }, ms)
      end = begin(`a timeout of ${ms} ms`, handle)
      return handle
    },
  })
  globalThis.setInterval = new Proxy(globalThis.setInterval, {
    apply(set, _self, [task, ms, ...rest]: Parameters<typeof setInterval>) {
      const handle = set(task, ms, ...rest)
      begin(`an interval of ${ms} ms`, handle)
      return handle
    },
  })
  globalThis.clearTimeout = new Proxy(globalThis.clearTimeout, ending)
  globalThis.clearInterval = new Proxy(globalThis.clearInterval, ending)
}

function watchHandles(note: Note): void {
  const noteSocket = (name: string) => (message: unknown) => {
    const { socket } = Object(message)
    if (!(socket instanceof Socket)) return
    note({ name, isOpen: () => !socket.destroyed, stack: whereItBegan() })
  }
  subscribe('net.client.socket', noteSocket('a socket'))
  subscribe('net.server.socket', noteSocket('a socket that a server accepted'))
  subscribe('child_process', (message) => {
    const { process } = Object(message)
    if (!(process instanceof ChildProcess)) return
    const runs = () => process.exitCode === null && process.signalCode === null
    const isOpen = () => process.pid !== undefined && runs()
    note({ name: 'a child process', isOpen, stack: whereItBegan() })
  })
  Server.prototype.listen = new Proxy(Server.prototype.listen, {
    apply(listen, server: Server, args) {
      note({ name: 'a server', isOpen: () => server.listening, stack: whereItBegan() })
      return Reflect.apply(listen, server, args)
    },
  })
}

/** The callers outside Node, this file and the packages. */
function whereItBegan(): string {
  const lines = new Error().stack?.split('\n').slice(1) ?? []
  return lines.filter((line) => !/node:|node_modules|tests[/]leaks[.]ts/.test(line)).join('\n')
}
