// Notes what tests begin: each timer, handle, worker, file watcher and listener, and whether it is still open.
import { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Server, Socket } from 'node:net'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import workerThreads from 'node:worker_threads'

/** Shorter ones, which space out updates of the screen, end by themselves. */
const SHORT_TIMEOUT_MS = 250

export interface Resource {
  readonly name: string
  isOpen(): boolean
  /** Where it began. */
  readonly stack: string | undefined
}

type Note = (resource: Resource) => void

export function watchTimers(note: Note): void {
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
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis
  Object.assign(timers, { setTimeout, setInterval, clearTimeout, clearInterval })
  Reflect.set(
    timersPromises,
    'setTimeout',
    new Proxy(timersPromises.setTimeout, {
      apply(set, _self, [ms = 0, ...rest]: Parameters<typeof timersPromises.setTimeout>) {
        const waiting = set(ms, ...rest)
        if (ms <= SHORT_TIMEOUT_MS) return waiting
        return waiting.finally(begin(`a timeout of ${ms} ms`, waiting))
      },
    }),
  )
  syncBuiltinESMExports()
}

/** Finds where an immediate begins only while they are sought: there are too many to note each. */
export function watchImmediates(): { begunAt: string | undefined; areSought: boolean } {
  const immediates = { begunAt: undefined as string | undefined, areSought: false }
  globalThis.setImmediate = new Proxy(globalThis.setImmediate, {
    apply(set, self, args) {
      if (immediates.areSought) immediates.begunAt = whereItBegan()
      return Reflect.apply(set, self, args)
    },
  })
  Object.assign(timers, { setImmediate: globalThis.setImmediate })
  syncBuiltinESMExports()
  return immediates
}

export function watchHandles(note: Note): void {
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

export function watchWorkers(note: Note): void {
  const Worker = new Proxy(workerThreads.Worker, {
    construct(target, args, newTarget) {
      const worker: workerThreads.Worker = Reflect.construct(target, args, newTarget)
      note({ name: 'a worker', isOpen: () => worker.threadId !== -1, stack: whereItBegan() })
      return worker
    },
  })
  Object.assign(workerThreads, { Worker })
  syncBuiltinESMExports()
}

export function watchFiles(note: Note): void {
  const noting = (endsWith: 'close' | 'stop') => ({
    apply(watch: (...args: never[]) => EventEmitter, self: unknown, args: unknown[]) {
      const watcher = Reflect.apply(watch, self, args)
      let isOpen = true
      watcher.once(endsWith, () => {
        isOpen = false
      })
      note({ name: 'a file watcher', isOpen: () => isOpen, stack: whereItBegan() })
      return watcher
    },
  })
  Reflect.set(fs, 'watch', new Proxy(fs.watch, noting('close')))
  Reflect.set(fs, 'watchFile', new Proxy(fs.watchFile, noting('stop')))
  syncBuiltinESMExports()
}

/**
 * Notes listeners on emitters that are older than the running test; returns the function that begins a test. Those on
 * the process are found without this.
 */
export function watchListeners(note: Note): () => void {
  let test = 0
  const madeIn = new WeakMap<object, number>()
  Reflect.set(
    EventEmitter,
    'init',
    new Proxy(Reflect.get(EventEmitter, 'init'), {
      apply(init, emitter: EventEmitter, args) {
        madeIn.set(emitter, test)
        return Reflect.apply(init, emitter, args)
      },
    }),
  )
  const noting = {
    apply(add: EventEmitter['on'], emitter: EventEmitter, args: Parameters<EventEmitter['on']>) {
      const isOlder = (madeIn.get(emitter) ?? 0) < test
      if (isOlder && emitter !== process) {
        const [event, listener] = args
        const isOpen = () =>
          Reflect.get(emitter, 'destroyed') !== true &&
          emitter.rawListeners(event).includes(listener)
        const name = `a listener to "${String(event)}" of ${emitter.constructor.name}`
        note({ name, isOpen, stack: whereItBegan() })
      }
      return Reflect.apply(add, emitter, args)
    },
  }
  // `once` and its kind call these.
  for (const name of ['on', 'addListener', 'prependListener'] as const) {
    EventEmitter.prototype[name] = new Proxy(EventEmitter.prototype[name], noting)
  }
  return () => {
    test += 1
  }
}

/** The callers outside Node, this file and the packages. */
function whereItBegan(): string {
  const lines = new Error().stack?.split('\n').slice(1) ?? []
  return lines
    .filter((line) => !/node:|node_modules|tests[/](leaks|leak-watchers)[.]ts/.test(line))
    .join('\n')
}
