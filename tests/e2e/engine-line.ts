// A line to the engine beside the page, for what the page does not say: that a command is over, and what the lab then is.
import type { Page } from 'playwright-core'
import type { Command } from '../../src/shared/commands'
import type { ClientToHost } from '../../src/shared/contract'
import { decodeFrame } from '../../src/shared/feed/frame'
import type { State } from '../../src/shared/state/state'

/** Sends a command over the page's own connection, or over one like it. */
export async function carryOut(page: Page, command: Command): Promise<void> {
  const message: ClientToHost = { kind: 'command', id: 1, command }
  const result = await page.evaluate(async (sent) => {
    const bridge = Reflect.get(window, 'roundabout')
    if (bridge !== undefined) return bridge.execute(sent.command)
    const socket = new WebSocket(`ws://${location.host}/ws${location.search}`)
    return new Promise((resolve, reject) => {
      socket.onopen = () => socket.send(JSON.stringify(sent))
      socket.onerror = () => reject(new Error('There is no line to the engine.'))
      socket.onmessage = ({ data }) => {
        const told = JSON.parse(data)
        if (told.kind !== 'result') return
        resolve(told.result)
        socket.close()
      }
    })
  }, message)
  if (result?.ok !== true)
    throw new Error(`The command ${command.type} failed: ${JSON.stringify(result)}`)
}

/** The state of the running lab; only in the browser. */
export async function labState(page: Page): Promise<State> {
  const message: ClientToHost = { kind: 'subscribe' }
  const bytes = await page.evaluate((sent) => {
    const socket = new WebSocket(`ws://${location.host}/ws${location.search}`)
    socket.binaryType = 'arraybuffer'
    return new Promise<number[]>((resolve, reject) => {
      socket.onopen = () => socket.send(JSON.stringify(sent))
      socket.onerror = () => reject(new Error('There is no line to the engine.'))
      socket.onmessage = ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return
        resolve([...new Uint8Array(data)])
        socket.close()
      }
    })
  }, message)
  const frame = decodeFrame(Uint8Array.from(bytes))
  if (frame.kind !== 'snapshot') throw new Error('The first frame is a snapshot.')
  return frame.state
}
