// For tests: handlers that keep what they were called with, and a way to wait for it.
import type { ConnectionHandlers, NetworkError } from '../../src/main/engine/net/network'

export interface Recorder {
  readonly handlers: ConnectionHandlers
  /** Names of the calls, `drained` apart, in order; runs of `data` count once. */
  readonly calls: readonly string[]
  readonly opened: number
  readonly ended: number
  readonly drained: number
  readonly closed: boolean
  readonly error: NetworkError | undefined
  bytes(): Buffer
  text(): string
}

/** `also`: what to do besides recording. */
export function record(also: Partial<ConnectionHandlers> = {}): Recorder {
  const calls: string[] = []
  const chunks: Uint8Array[] = []
  const counts = { opened: 0, ended: 0, drained: 0, closed: 0 }
  let error: NetworkError | undefined
  return {
    handlers: {
      opened() {
        calls.push('opened')
        counts.opened++
        also.opened?.()
      },
      data(bytes) {
        if (calls.at(-1) !== 'data') calls.push('data')
        chunks.push(bytes)
        also.data?.(bytes)
      },
      ended() {
        calls.push('ended')
        counts.ended++
        also.ended?.()
      },
      drained() {
        counts.drained++
        also.drained?.()
      },
      closed(reason) {
        calls.push('closed')
        counts.closed++
        error = reason
        also.closed?.(reason)
      },
    },
    calls,
    get opened() {
      return counts.opened
    },
    get ended() {
      return counts.ended
    },
    get drained() {
      return counts.drained
    },
    get closed() {
      return counts.closed > 0
    },
    get error() {
      return error
    },
    bytes: () => Buffer.concat(chunks),
    text: () => Buffer.concat(chunks).toString(),
  }
}

/** Waits, turn by turn of the event loop, until the condition holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve))
}
