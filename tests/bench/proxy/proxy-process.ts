// What a proxy in a process of its own says to the benchmark: its port, when all servers have registered, and its own CPU
// time when asked.
import { existsSync, readFileSync } from 'node:fs'
import type { Account } from './relay-account'

/** In microseconds; NaN where the system does not tell. */
export interface CpuTime {
  /** The time of all threads. */
  all: number
  /** The time of the main thread, which limits how many messages get through. */
  main: number
}

export const UNKNOWN_CPU: CpuTime = { all: Number.NaN, main: Number.NaN }

export type ProxyReport =
  | { type: 'listening'; port: number }
  | { type: 'registered' }
  /** NaN cannot be sent. */
  | { type: 'cpu'; all: number; main: number | null }
  | { type: 'account'; account: Account }

/** What it is asked. */
export type ProxyQuestion = 'cpu' | 'account'

/** `end` is called when the benchmark has ended. */
export function obeyBench(port: number, end: () => void, account?: () => Promise<Account>): void {
  process.on('message', (question: ProxyQuestion) => {
    if (question === 'account') {
      void account?.().then((account) => report({ type: 'account', account }))
      return
    }
    const { user, system } = process.cpuUsage()
    report({ type: 'cpu', all: user + system, main: mainThread() })
  })
  process.on('disconnect', end)
  report({ type: 'listening', port })
}

/** From Linux's /proc, in nanoseconds there. */
function mainThread(): number | null {
  const path = '/proc/self/schedstat'
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split(' ')[0]) / 1_000 : null
}

export function reportRegistered(): void {
  report({ type: 'registered' })
}

function report(message: ProxyReport): void {
  process.send?.(message)
}
