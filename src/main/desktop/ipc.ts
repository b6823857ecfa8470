// The window's side of the contract: commands in, frames of events out. Every call is checked on both
// counts, who sends it and what it carries; a refusal says why in the log.
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import * as v from 'valibot'
import type { CommandResult } from '../../shared/commands'
import { CHANNELS } from '../../shared/contract'
import type { Engine, Feed } from '../engine'
import { isSameOrigin } from './origin'

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>

export interface IpcOptions {
  ipc: Pick<IpcMain, 'handle' | 'on'>
  contents: Pick<WebContents, 'mainFrame' | 'send' | 'isDestroyed' | 'on'>
  engine: Pick<Engine, 'execute' | 'openFeed'>
  /** The one address whose origin is trusted. */
  appUrl: string
  warn: (text: string) => void
}

const frameNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Serves one window for as long as it lives. */
export function serveWindow({ ipc, contents, engine, appUrl, warn }: IpcOptions): void {
  let feed: Feed | undefined

  ipc.handle(CHANNELS.command, async (event, ...args: unknown[]): Promise<CommandResult> => {
    const fault = senderFault(event) ?? countFault(args, 1)
    if (fault !== undefined) return { ok: false, error: refuse(CHANNELS.command, fault) }
    const result = await engine.execute(args[0])
    if (!result.ok) warn(`A command was refused: ${result.error}`)
    return result
  })

  ipc.on(CHANNELS.subscribe, (event, ...args: unknown[]) => {
    const fault = senderFault(event) ?? countFault(args, 0)
    if (fault !== undefined) return refuse(CHANNELS.subscribe, fault)
    stop()
    feed = engine.openFeed((frame) => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.frame, ownBytes(frame))
    })
  })

  ipc.on(CHANNELS.acknowledge, (event, ...args: unknown[]) => {
    const fault = senderFault(event) ?? countFault(args, 1)
    if (fault !== undefined) return refuse(CHANNELS.acknowledge, fault)
    const frame = v.safeParse(frameNumber, args[0])
    if (!frame.success) return refuse(CHANNELS.acknowledge, frame.issues[0].message)
    feed?.acknowledge(frame.output)
  })

  contents.on('destroyed', stop)
  contents.on('render-process-gone', stop)

  function stop(): void {
    feed?.close()
    feed = undefined
  }

  function senderFault({ sender, senderFrame }: Sender): string | undefined {
    if (sender !== contents) return 'it came from another window.'
    // Null once the frame has gone away.
    const frame: WebFrameMain | null = senderFrame
    if (frame === null || frame !== contents.mainFrame) return 'it came from an inner frame.'
    if (!isSameOrigin(frame.url, appUrl)) return `it came from ${frame.url}.`
    return undefined
  }

  function refuse(channel: string, fault: string): string {
    warn(`A call of ${channel} was refused: ${fault}`)
    return fault
  }
}

function countFault(args: readonly unknown[], expected: number): string | undefined {
  return args.length === expected ? undefined : `it has ${args.length} arguments, not ${expected}.`
}

/** IPC copies a view's whole buffer, and Node cuts small buffers from a shared pool. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}
