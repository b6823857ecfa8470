// Sessions that ended without being closed: their recordings can be opened or discarded.
import { create } from 'zustand'
import type { Bridge, RecoveredSession } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'
import { pastView, withProgress } from './past'
import { partsOf } from './session-history'

interface Recovered {
  /** The latest session first. */
  sessions: readonly RecoveredSession[]
}

export const useRecovered = create<Recovered>(() => ({ sessions: [] }))

let bridge: Bridge | undefined

/** Requests the list when it is known that this window is an operator's. Returns the way to stop. */
export function startRecovered(newBridge: Bridge): () => void {
  bridge = newBridge
  let asked = false
  return newBridge.onRole((role) => {
    if (role === 'viewer' || asked) return
    asked = true
    void list(newBridge)
  })
}

async function list(source: Bridge): Promise<void> {
  try {
    const sessions = await source.listRecovered()
    useRecovered.setState({ sessions: [...sessions].sort((a, b) => b.endedAt - a.endedAt) })
  } catch {
    // Without a list, no session is offered.
  }
}

/** Opens it as a recording. It is kept until it is discarded, and offered again at the next start. */
export async function openRecovered({ name, bytes }: RecoveredSession): Promise<void> {
  const source = bridge
  if (!source) return
  try {
    const file = await withProgress('Reading the recovered session', async (work) => {
      const parts: Uint8Array<ArrayBuffer>[] = []
      let read = 0
      for await (const part of partsOf(source, name, 0)) {
        work.signal?.throwIfAborted()
        parts.push(Uint8Array.from(part.bytes))
        read += part.bytes.length
        work.onProgress?.(Math.min(1, read / bytes))
      }
      return new File(parts, 'Recovered session')
    })
    if (file && (await pastView().openRecording(file))) hide(name)
  } catch (error) {
    const words = errorText(error)
    useUi.getState().notify('error', `The recovered session was not opened. ${words}`)
  }
}

export function discardRecovered({ name }: RecoveredSession): void {
  bridge?.discardRecovered(name)
  hide(name)
}

/** Hides it until the next start. */
export function hide(name: string): void {
  useRecovered.setState(({ sessions }) => ({
    sessions: sessions.filter((session) => session.name !== name),
  }))
}
