import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import {
  MAX_PARTS_IN_PROGRESS,
  MAX_PARTS_OF_VIEWER,
  MAX_PARTS_WAITING_OF_VIEWER,
} from '../../shared/limits'
import { serveRecordings } from './recordings'

/** A host of recordings; `ask` is a viewer's request for a part, which it does not read until it is closed. */
function host() {
  let begun = 0
  const served = serveRecordings(
    {
      listSessions: async () => [],
      readRecording: () => {
        begun++
        return new Promise(() => {})
      },
    },
    () => {},
  )
  return {
    begun: () => begun,
    ask(viewer: number) {
      const response = Object.assign(new EventEmitter(), {
        headersSent: false,
        status: 0,
        setHeader() {},
        writeHead(status: number) {
          response.status = status
        },
        end() {},
      })
      const query = new URLSearchParams({ source: 'session', from: '0' })
      const answer = response as unknown as ServerResponse
      served.serve('/recording', query, 'viewer', answer, viewer)
      return response
    },
  }
}

it('sends two parts to a viewer at once, and others do not wait for those that it does not read', () => {
  const { ask, begun } = host()
  const [first] = Array.from({ length: MAX_PARTS_OF_VIEWER + MAX_PARTS_WAITING_OF_VIEWER }, () =>
    ask(1),
  )
  expect(begun()).toBe(MAX_PARTS_OF_VIEWER)
  expect(ask(1).status).toBe(503)
  ask(2)
  expect(begun()).toBe(MAX_PARTS_OF_VIEWER + 1)
  first?.emit('close')
  expect(begun()).toBe(MAX_PARTS_OF_VIEWER + 2)
})

it('has a part wait where many are sent, and forgets one that has left', () => {
  const { ask, begun } = host()
  const sent = Array.from({ length: MAX_PARTS_IN_PROGRESS }, (_, viewer) => ask(viewer))
  const left = ask(1_000)
  ask(1_001)
  expect(begun()).toBe(MAX_PARTS_IN_PROGRESS)
  left.emit('close')
  expect(begun()).toBe(MAX_PARTS_IN_PROGRESS)
  sent[0]?.emit('close')
  sent[1]?.emit('close')
  expect(begun()).toBe(MAX_PARTS_IN_PROGRESS + 1)
})
