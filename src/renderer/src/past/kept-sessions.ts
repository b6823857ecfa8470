// The sessions that are kept on disk, which can be opened again as recordings.
import { create } from 'zustand'
import type { Bridge, KeptSession } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { pastView, withProgress } from './past'
import { partsOf } from './session-history'

interface KeptSessions {
  /** The newest first. */
  sessions: readonly KeptSession[]
  /** Names of sessions that crashed and are not offered again before the next start. */
  hidden: ReadonlySet<string>
}

export const useKeptSessions = create<KeptSessions>(() => ({ sessions: [], hidden: new Set() }))

let bridge: Bridge | undefined

/** Lists the sessions when it is known that this window is an operator's, and after each session. Returns the way to stop. */
export function startKeptSessions(newBridge: Bridge): () => void {
  bridge = newBridge
  let isOperator = false
  const stops = [
    newBridge.onRole((role) => {
      if (role === 'viewer' || isOperator) return
      isOperator = true
      void listSessions()
    }),
    newBridge.onOpenSession((name) => void openByName(name)),
    useLab.subscribe(({ session }, before) => {
      if (isOperator && session !== before.session && before.session !== undefined) {
        void listSessions()
      }
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Brings the list up to date. Never rejects. */
export async function listSessions(): Promise<void> {
  try {
    const sessions = (await bridge?.listSessions()) ?? []
    useKeptSessions.setState({ sessions })
  } catch (error) {
    useUi.getState().notify('error', `The sessions could not be listed. ${errorText(error)}`)
  }
}

async function openByName(name: string): Promise<void> {
  await listSessions()
  const session = useKeptSessions.getState().sessions.find((each) => each.name === name)
  if (session) await openSession(session)
  else useUi.getState().notify('error', 'That session is no longer kept.')
}

/** Opens it as a recording. It is kept until it is discarded. */
export async function openSession(session: KeptSession): Promise<void> {
  const source = bridge
  if (!source) return
  const { name, bytes } = session
  try {
    const file = await withProgress('Reading the session', async (work) => {
      const parts: Uint8Array<ArrayBuffer>[] = []
      let read = 0
      for await (const part of partsOf(source, name, 0)) {
        work.signal?.throwIfAborted()
        parts.push(Uint8Array.from(part.bytes))
        read += part.bytes.length
        work.onProgress?.(Math.min(1, read / bytes))
      }
      return new File(parts, fileNameOf(session))
    })
    if (file && (await pastView().openRecording(file))) hide(name)
  } catch (error) {
    useUi.getState().notify('error', `The session was not opened. ${errorText(error)}`)
  }
}

export function discardSession({ name }: KeptSession): void {
  bridge?.discardSession(name)
  useKeptSessions.setState(({ sessions }) => ({
    sessions: sessions.filter((session) => session.name !== name),
  }))
}

/** Does not offer it until the next start. */
export function hide(name: string): void {
  useKeptSessions.setState(({ hidden }) => ({ hidden: new Set([...hidden, name]) }))
}

/** `2026-03-04 14.03`: a colon cannot be in a file's name everywhere. */
function fileNameOf({ startedAt }: KeptSession): string {
  const began = new Date(startedAt)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = [began.getFullYear(), two(began.getMonth() + 1), two(began.getDate())].join('-')
  return `${day} ${two(began.getHours())}.${two(began.getMinutes())}`
}
