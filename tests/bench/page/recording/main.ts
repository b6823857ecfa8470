// The window's side of the recording benchmark: the app's own history, worker and all, and beside it the plain way to a
// moment of a recording, which is to take every event of it from the start.
import { type History, openHistory } from '../../../../src/renderer/src/past/history/history'
import { decodeFrame } from '../../../../src/shared/feed/frame'
import { openBlock } from '../../../../src/shared/recording/blocks'
import { decodeSummary, findBlock, PREFIX_BYTES } from '../../../../src/shared/recording/format'
import { INITIAL_STATE, reduce } from '../../../../src/shared/state/reduce'
import type { RecordingBench } from '../../recording/page-bench'

declare global {
  interface Performance {
    /** In pages that are isolated from others. */
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>
  }
}

let file = new Blob()
let history: History | undefined

const bench: RecordingBench = {
  async load() {
    file = await (await fetch('/hour.roundabout')).blob()
    return { bytes: file.size }
  },
  async open() {
    history?.close()
    return timed(async () => {
      history = await openHistory(file)
    })
  },
  async seek(parts) {
    const times: number[] = []
    for (const part of parts) {
      times.push(await timed(() => opened().seek({ at: part * opened().extent.to })))
    }
    return times
  },
  plain: (part) => timed(() => replay(part * opened().extent.to)),
  find(filter, key) {
    const sort = { key, descending: true }
    return timed(() => opened().find({ filter, sort, after: 0, asOf: opened().extent.lastSeq }))
  },
  page(count) {
    const { packets, lastSeq } = opened().extent
    const ids = Array.from({ length: count }, (_, index) => 1 + ((index * 7_919) % packets))
    return timed(() => opened().packets(ids, lastSeq))
  },
  memory: async () => (await performance.measureUserAgentSpecificMemory()).bytes,
}

globalThis.recordingBench = bench

function opened(): History {
  if (history === undefined) throw new Error('No recording is open.')
  return history
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function replay(until: number): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let state = INITIAL_STATE
  for (let at = PREFIX_BYTES, index = 0; ; ) {
    const found = findBlock(bytes, at)
    if (found.kind !== 'block' || found.type === 'DONE') return
    at = found.end
    if (found.type !== 'EVTS') continue
    const { content } = found
    const summary = decodeSummary(content)
    const block = { index: index++, offset: at, bytes, content, summary, packetsBefore: 0 }
    const frame = decodeFrame(openBlock(block).frame)
    if (frame.kind === 'events') {
      state = reduce(
        state,
        frame.events.filter((event) => event.at <= until),
      )
    }
    if (summary.lastAt / 1000 > until) return
  }
}
