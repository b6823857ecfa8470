// A session on disk: its recording, written as it happens, and its label. Closing the session keeps both; a crash loses
// almost nothing of them. A full disk or a folder that cannot be written to is reported once, and the lab runs on.

import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionLabel } from '../../../../shared/session-label'
import { systemWords } from '../../system-words'
import { OWNER_ONLY, writeAtomically } from './atomic'
import { labelName, partName } from './session-names'

interface SessionFileOptions {
  folder: string
  /** The session's name. */
  name: string
  /** What each part begins with. */
  head: Uint8Array
  /** A part of this size is followed by another, and deleted when that one has this size as well. */
  maxPartBytes: number
  /** Tells the person a sentence. */
  tell: (text: string) => void
}

/** The paths of sessions that this process is writing, without an ending. */
const beingWritten = new Set<string>()

/** Whether this process is writing the session with this name in this folder. */
export function isBeingWritten(folder: string, name: string): boolean {
  return beingWritten.has(join(folder, name))
}

export class SessionFile {
  private current: { path: string; handle: FileHandle; bytes: number } | undefined
  private olderPath: string | undefined
  private parts = 0
  private label: string | undefined
  private hasFailed = false

  constructor(private readonly options: SessionFileOptions) {}

  /** The next block begins a part, and so needs a keyframe. */
  get beginsPart(): boolean {
    return this.current === undefined || this.current.bytes >= this.options.maxPartBytes
  }

  /** Writing has stopped. */
  get failed(): boolean {
    return this.hasFailed
  }

  /** Never rejects. */
  append(block: Uint8Array): Promise<void> {
    return this.attempt(async () => {
      if (this.current === undefined || this.beginsPart) return this.beginPart(block)
      await this.current.handle.appendFile(block)
      this.current.bytes += block.length
    })
  }

  /** Writes the label if it has changed. Never rejects. */
  describe(label: SessionLabel): Promise<void> {
    return this.attempt(async () => {
      const text = JSON.stringify(label)
      if (this.current === undefined || text === this.label) return
      await writeAtomically(this.pathOf(labelName(this.options.name)), text)
      this.label = text
    })
  }

  /** Ends writing; the files stay. Never rejects. */
  async close(): Promise<void> {
    await this.current?.handle.close().catch(() => {})
    this.current = undefined
    this.hasFailed = true
    beingWritten.delete(this.pathOf(this.options.name))
  }

  /** Ends writing, and deletes the files. Never rejects. */
  async remove(): Promise<void> {
    const { name } = this.options
    const paths = [this.olderPath, this.current?.path, this.label && this.pathOf(labelName(name))]
    await this.close()
    for (const path of paths) if (path) await unlink(path).catch(() => {})
  }

  private async beginPart(block: Uint8Array): Promise<void> {
    const { folder, name, head } = this.options
    await mkdir(folder, { recursive: true })
    const older = this.current
    await older?.handle.close()
    if (this.olderPath !== undefined) await unlink(this.olderPath).catch(() => {})
    this.olderPath = older?.path
    beingWritten.add(this.pathOf(name))
    const path = this.pathOf(partName(name, ++this.parts))
    const handle = await open(path, 'wx', OWNER_ONLY)
    this.current = { path, handle, bytes: head.length + block.length }
    // In one write, so that no file consists of a head alone.
    await handle.appendFile(Buffer.concat([head, block]))
  }

  private async attempt(write: () => Promise<void>): Promise<void> {
    if (this.hasFailed) return
    try {
      await write()
    } catch (error) {
      this.hasFailed = true
      this.options.tell(
        `This session cannot be kept on disk any more: ${systemWords(error)}. The lab runs on. Save the recording before you close Roundabout.`,
      )
    }
  }

  private pathOf(name: string): string {
    return join(this.options.folder, name)
  }
}
