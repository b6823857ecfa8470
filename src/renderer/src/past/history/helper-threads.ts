// The history worker's helpers: threads that run the same script under another name.
import {
  type Ahead,
  type HelperResults,
  type Helpers,
  helperResult,
  type KeyedContent,
} from '../../../../shared/recording/helpers'

type Work = keyof HelperResults

export interface ToHelper {
  id: number
  work: Work
  contents: Uint8Array<ArrayBuffer>[]
}

export interface FromHelper {
  id: number
  results: (HelperResults[Work] | undefined)[]
}

/** The part of a worker that is used here; tests implement it without a thread. */
export interface HelperThread {
  postMessage(message: ToHelper, moved: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromHelper>) => void): void
  addEventListener(type: 'error', listener: () => void): void
}

/** Blocks in one message. */
const BATCH = 8
/** Messages that each helper is sent ahead. */
const SENT_AHEAD = 2

/** The helper's side. */
export function helped({ id, work, contents }: ToHelper): FromHelper {
  return { id, results: contents.map((content) => helperResult(work, content)) }
}

/** Starts its threads when they are first needed. */
export class HelperThreads implements Helpers {
  private threads: readonly HelperThread[] | undefined
  private readonly waiting = new Map<number, (results: FromHelper['results']) => void>()
  private lastId = 0
  private isBroken = false

  constructor(
    private readonly count: number,
    private readonly start: () => HelperThread,
  ) {}

  facts(contents: Iterable<KeyedContent>): Ahead<HelperResults['facts']> {
    return this.ahead('facts', contents)
  }

  texts(contents: Iterable<KeyedContent>): Ahead<HelperResults['texts']> {
    return this.ahead('texts', contents)
  }

  private ahead<W extends Work>(
    work: W,
    contents: Iterable<KeyedContent>,
  ): Ahead<HelperResults[W]> {
    const rest = contents[Symbol.iterator]()
    const ready = new Map<number, Promise<HelperResults[W] | undefined>>()
    const most = this.count * SENT_AHEAD * BATCH
    const fill = (key: number) => {
      while (!this.isBroken && ready.size <= most - BATCH) {
        const batch = nextOf(rest, key)
        if (batch.length === 0) return
        // The results have the type of the work.
        const results = this.ask(work, batch) as Promise<(HelperResults[W] | undefined)[]>
        batch.forEach(([key], index) => {
          ready.set(
            key,
            results.then((all) => all[index]),
          )
        })
      }
    }
    return {
      read: async (key) => {
        for (const earlier of ready.keys()) {
          if (earlier >= key) break
          ready.delete(earlier)
        }
        fill(key)
        const result = await ready.get(key)
        ready.delete(key)
        return result
      },
    }
  }

  private ask(work: Work, batch: readonly KeyedContent[]): Promise<FromHelper['results']> {
    return new Promise((resolve) => {
      const id = ++this.lastId
      this.threads ??= Array.from({ length: this.count }, () => this.started())
      const contents = batch.map(([, content]) => new Uint8Array(content))
      this.waiting.set(id, resolve)
      const moved = contents.map(({ buffer }) => buffer)
      this.threads[id % this.count]?.postMessage({ id, work, contents }, moved)
    })
  }

  private started(): HelperThread {
    const thread = this.start()
    thread.addEventListener('message', ({ data }) => {
      this.waiting.get(data.id)?.(data.results)
      this.waiting.delete(data.id)
    })
    // An empty answer: the caller then reads the blocks itself.
    thread.addEventListener('error', () => {
      this.isBroken = true
      for (const answer of this.waiting.values()) answer([])
      this.waiting.clear()
    })
    return thread
  }
}

/** The next blocks with this key or a greater one. */
function nextOf(contents: Iterator<KeyedContent>, from: number): KeyedContent[] {
  const next: KeyedContent[] = []
  while (next.length < BATCH) {
    const { value, done } = contents.next()
    if (done) break
    if (value[0] >= from) next.push(value)
  }
  return next
}
