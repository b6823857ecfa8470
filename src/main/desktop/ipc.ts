// The window's side of the contract: commands in, frames of events out. Every call is checked on both
// counts, who sends it and what it carries; a refusal says why in the log.
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import * as v from 'valibot'
import type { CommandResult } from '../../shared/commands'
import { type Answered, CHANNELS, type RecordingPart } from '../../shared/contract'
import { MAX_SOURCE_CHARS } from '../../shared/limits'
import type { Engine, Feed } from '../engine'
import { isSameOrigin } from './origin'

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>

export interface IpcOptions {
  ipc: Pick<IpcMain, 'handle' | 'on'>
  contents: Pick<WebContents, 'mainFrame' | 'send' | 'isDestroyed' | 'on'>
  engine: Pick<
    Engine,
    'execute' | 'openFeed' | 'readRecording' | 'listRecovered' | 'discardRecovered'
  >
  /** The one address whose origin is trusted. */
  appUrl: string
  warn: (text: string) => void
}

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const looking = v.boolean()
const sourceName = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SOURCE_CHARS))

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
    const frame = v.safeParse(wholeNumber, args[0])
    if (!frame.success) return refuse(CHANNELS.acknowledge, frame.issues[0].message)
    feed?.acknowledge(frame.output)
  })

  ipc.on(CHANNELS.lookBack, (event, ...args: unknown[]) => {
    const fault = senderFault(event) ?? countFault(args, 1)
    if (fault !== undefined) return refuse(CHANNELS.lookBack, fault)
    const wish = v.safeParse(looking, args[0])
    if (!wish.success) return refuse(CHANNELS.lookBack, wish.issues[0].message)
    feed?.lookBack(wish.output)
  })

  ipc.handle(CHANNELS.readRecording, (event, ...args: unknown[]) =>
    answered(CHANNELS.readRecording, event, args, 2, async (): Promise<RecordingPart> => {
      const source = v.parse(sourceName, args[0])
      const part = await engine.readRecording(source, v.parse(wholeNumber, args[1]))
      return { ...part, bytes: ownBytes(part.bytes) }
    }),
  )

  ipc.handle(CHANNELS.listRecovered, (event, ...args: unknown[]) =>
    answered(CHANNELS.listRecovered, event, args, 0, () => engine.listRecovered()),
  )

  ipc.on(CHANNELS.discardRecovered, (event, ...args: unknown[]) => {
    void answered(CHANNELS.discardRecovered, event, args, 1, async () =>
      engine.discardRecovered(v.parse(sourceName, args[0])),
    )
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

  /** Carries out a call that can go wrong: what did is in the answer, in words, and in the log. */
  async function answered<T>(
    channel: string,
    event: Sender,
    args: readonly unknown[],
    count: number,
    call: () => Promise<T>,
  ): Promise<Answered<T>> {
    const fault = senderFault(event) ?? countFault(args, count)
    if (fault !== undefined) return { ok: false, error: refuse(channel, fault) }
    try {
      return { ok: true, value: await call() }
    } catch (error) {
      return {
        ok: false,
        error: refuse(channel, error instanceof Error ? error.message : String(error)),
      }
    }
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
