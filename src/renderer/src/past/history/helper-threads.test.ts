import { describe, expect, it } from 'vitest'
import { concat } from '../../../../shared/concat'
import type { LabEvent } from '../../../../shared/events'
import { sliceOf } from '../../../../shared/feed/event-bytes'
import { eventBlocks } from '../../../../shared/recording/format'
import { encodeBlock } from '../../../../shared/recording/writer'
import { type FromHelper, type HelperThread, HelperThreads, helped } from './helper-threads'

/** A helper in this thread: messages are copied and arrive later, as between threads. */
class HereThread implements HelperThread {
  isBroken = false
  private listen: (event: MessageEvent<FromHelper>) => void = () => {}
  private fail: () => void = () => {}

  postMessage(...[message]: Parameters<HelperThread['postMessage']>): void {
    const copy = structuredClone(message)
    queueMicrotask(() => {
      if (this.isBroken) this.fail()
      else this.listen({ data: structuredClone(helped(copy)) } as MessageEvent<FromHelper>)
    })
  }

  addEventListener(
    type: 'message' | 'error',
    listener: ((event: MessageEvent<FromHelper>) => void) & (() => void),
  ): void {
    if (type === 'message') this.listen = listener
    else this.fail = listener
  }
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

async function blocks(): Promise<(readonly [number, Uint8Array])[]> {
  const parts: Uint8Array[] = []
  for (let seq = 1; seq <= 100; seq++) {
    const events: LabEvent[] = [{ seq, at: seq, type: 'scenario.reset' }]
    parts.push(
      await encodeBlock({ slice: sliceOf(events), realTimes: [seq], before: undefined }, deflate),
    )
  }
  return [...eventBlocks(concat(parts), 0)]
}

function helpers(threads: HereThread[] = []): HelperThreads {
  return new HelperThreads(2, () => {
    const thread = new HereThread()
    threads.push(thread)
    return thread
  })
}

describe('helpers', () => {
  it('read every block, in any thread, in order', async () => {
    const all = await blocks()
    const ahead = helpers().facts(all)
    for (const [key] of all) {
      const read = await ahead.read(key)
      expect(read?.facts.problem).toBeUndefined()
      expect(read?.facts.lastAt).toBeGreaterThanOrEqual(0)
    }
  })

  it('read only from the first block that is asked for', async () => {
    const all = await blocks()
    const ahead = helpers().texts(all)
    const [last = 0] = all.at(-1) ?? []
    expect(await ahead.read(last)).toHaveProperty('start')
    expect(await ahead.read(last + 1)).toBeUndefined()
  })

  it('leave a block that they cannot read to who asks', async () => {
    const ahead = helpers().facts([
      [0, new Uint8Array(3)],
      [1, new Uint8Array(60)],
    ])
    expect(await ahead.read(0)).toBeUndefined()
    expect(await ahead.read(1)).toBeUndefined()
  })

  it('leave everything to who asks when a thread has failed', async () => {
    const all = await blocks()
    const threads: HereThread[] = []
    const ahead = helpers(threads).facts(all)
    const [first, second] = all
    await ahead.read(first?.[0] ?? 0)
    for (const thread of threads) thread.isBroken = true
    const reads = all.slice(2).map(([key]) => ahead.read(key))
    await Promise.all(reads)
    expect(
      await helpers(threads)
        .facts(all)
        .read(second?.[0] ?? 0),
    ).toBeDefined()
    expect(await ahead.read(all.at(-1)?.[0] ?? 0)).toBeUndefined()
  })
})
