// What a program and all the processes that it started use, read from Linux's /proc: nothing is asked of the program.
import { readdirSync, readFileSync } from 'node:fs'

/** Threads of the tree by their id, with the nanoseconds of processor time that each has used. */
type ThreadTimes = Map<number, number>

/** Resident memory in MB, each page that processes share divided among them. */
export function memoryMb(root: number): number {
  const kilobytes = treeOf(root).map((pid) => {
    const text = read(`/proc/${pid}/smaps_rollup`)
    return Number(text?.match(/^Pss:\s+(\d+) kB$/m)?.[1] ?? 0)
  })
  return sum(kilobytes) / 1024
}

/** Processor time used since the start, in ms. What has ended by now is not in it. */
export function cpuSoFarMs(root: number): number {
  return sum([...threadTimes(root).values()]) / 1e6
}

/** Processor time used between the two calls, in ms. What ended meanwhile is not in it. */
export function cpuMeter(root: number): () => number {
  const before = threadTimes(root)
  return () => {
    const used = [...threadTimes(root)].map(([thread, time]) => time - (before.get(thread) ?? 0))
    return sum(used) / 1e6
  }
}

function threadTimes(root: number): ThreadTimes {
  const times: ThreadTimes = new Map()
  for (const pid of treeOf(root)) {
    for (const thread of list(`/proc/${pid}/task`)) {
      const [onCpu = '0'] = read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ') ?? []
      times.set(Number(thread), Number(onCpu))
    }
  }
  return times
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // The name of the program stands in brackets before the parent, and may have brackets and spaces in it.
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // It has ended meanwhile.
    return []
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
