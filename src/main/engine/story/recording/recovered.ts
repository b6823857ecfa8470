// Finds, reads and deletes the recordings of sessions that ended without being closed.
import { open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordingPart, RecoveredSession } from '../../../../shared/contract'
import { MAX_RECOVERED, RECORDING_PART_BYTES } from '../../../../shared/limits'
import { completeBlocks } from '../../../../shared/recording/format'
import { encodeEnd } from '../../../../shared/recording/writer'
import { CommandError } from '../../command-error'
import { isRunning, openParts, readPartName } from './part-names'

export class RecoveredSessions {
  /** The undamaged length of each file that has been read. These files no longer change. */
  private readonly wholeBytes = new Map<string, number>()

  /** Without a folder, no session can be recovered. */
  constructor(private readonly folder: string | undefined) {}

  /** The newest first. Deletes the oldest ones if there are very many. */
  async list(): Promise<RecoveredSession[]> {
    const { folder } = this
    if (folder === undefined) return []
    // The folder does not exist before a session has written its first file.
    const names = await readdir(folder).catch(() => [])
    const found: RecoveredSession[] = []
    for (const name of names) {
      if (!this.isLeftBehind(folder, name)) continue
      const file = await stat(join(folder, name)).catch(() => undefined)
      if (file?.isFile() && file.size > 0) {
        found.push({ name, endedAt: file.mtimeMs, bytes: file.size })
      }
    }
    found.sort((one, other) => other.endedAt - one.endedAt)
    for (const { name } of found.splice(MAX_RECOVERED))
      await unlink(join(folder, name)).catch(() => {})
    return found
  }

  /** Rejects with an Error for the user. */
  async read(name: string, from: number): Promise<RecordingPart> {
    const path = this.pathOf(name)
    const whole = this.wholeBytes.get(name) ?? (await this.measure(name, path))
    const tail = encodeEnd()
    const end = whole + tail.length
    if (from > end)
      throw new CommandError(`"${name}" has ${end} bytes: it has none from ${from} on.`)
    const bytes = new Uint8Array(Math.min(RECORDING_PART_BYTES, end - from))
    const ofFile = Math.max(0, Math.min(bytes.length, whole - from))
    await readInto(path, bytes.subarray(0, ofFile), from)
    const ofTail = Math.max(0, from - whole)
    bytes.set(tail.subarray(ofTail, ofTail + bytes.length - ofFile), ofFile)
    return { bytes, from, end }
  }

  /** Rejects with an Error for the user if there is no such recording. */
  async discard(name: string): Promise<void> {
    const path = this.pathOf(name)
    this.wholeBytes.delete(name)
    await unlink(path).catch(() => {
      throw noSuch(name)
    })
  }

  private async measure(name: string, path: string): Promise<number> {
    const file = await readFile(path).catch(() => {
      throw noSuch(name)
    })
    const whole = completeBlocks(file)
    if (whole === 0) throw new CommandError(`"${name}" is damaged from its beginning.`)
    this.wholeBytes.set(name, whole)
    return whole
  }

  private pathOf(name: string): string {
    const { folder } = this
    if (folder === undefined || !this.isLeftBehind(folder, name)) throw noSuch(name)
    return join(folder, name)
  }

  private isLeftBehind(folder: string, name: string): boolean {
    const part = readPartName(name)
    if (part === undefined) return false
    return part.pid === process.pid ? !openParts.has(join(folder, name)) : !isRunning(part)
  }
}

function noSuch(name: string): CommandError {
  return new CommandError(`There is no recovered recording "${name}".`)
}

async function readInto(path: string, target: Uint8Array, from: number): Promise<void> {
  if (target.length === 0) return
  const file = await open(path)
  try {
    for (let done = 0; done < target.length; ) {
      const { bytesRead } = await file.read(target, done, target.length - done, from + done)
      if (bytesRead === 0)
        throw new CommandError('The recording has become shorter while it was read.')
      done += bytesRead
    }
  } finally {
    await file.close()
  }
}
