// The screen's side of the events benchmark: takes events in with the app's own store, and counts. Without a
// fragment in the address they come as frames over the app's own bridge; `#batches` and `#each` are plain JSON.

import { afterPaint } from '../../../../src/renderer/src/lab/after-paint'
import { onFrame, startLab, useLab } from '../../../../src/renderer/src/lab/lab'
import { connectBridge } from '../../../../src/renderer/src/line/transport'
import type { LabEvent } from '../../../../src/shared/events'
import { reduce } from '../../../../src/shared/state/reduce'
import type { PageCounts } from '../../events/page-counts'

declare global {
  interface Window {
    eventsBench: { start(): void; counts(): PageCounts }
  }
}

const counts = { paints: 0, arrivals: 0, events: 0, summaries: 0 }

window.eventsBench = {
  start() {
    if (location.hash === '') takeFrames()
    else takePlain(location.hash.slice(1))
  },
  counts: () => ({ atMs: performance.now(), ...counts }),
}

countPaints()

function countPaints(): void {
  requestAnimationFrame(() => {
    counts.paints++
    countPaints()
  })
}

function takeFrames(): void {
  onFrame((change) => {
    counts.arrivals++
    if (change.kind === 'events') counts.events += change.events.length
    else counts.summaries++
  })
  startLab(connectBridge())
}

function takePlain(way: string): void {
  const socket = new WebSocket(`ws://${location.host}/${way}`)
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const value: PlainEvent | PlainEvent[] = JSON.parse(data)
    const events = (Array.isArray(value) ? value : [value]).map(withBytes)
    useLab.setState({ state: reduce(useLab.getState().state, events), connected: true })
    counts.arrivals++
    counts.events += events.length
    if (Array.isArray(value)) afterPaint(() => socket.send('taken in'))
  }
}

type PlainEvent = LabEvent | (Omit<LabEvent, 'bytes'> & { type: 'packet.sent'; bytes: string })

const bytesOf = new TextEncoder()

function withBytes(event: PlainEvent): LabEvent {
  if ('bytes' in event && typeof event.bytes === 'string') {
    return { ...event, bytes: bytesOf.encode(event.bytes) } as LabEvent
  }
  return event as LabEvent
}
