// The recording on disk while a session runs, so that a crash loses almost nothing of it. Closing the session deletes it.
// A full disk or a folder that cannot be written to is reported once, and the lab runs on without the file.
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { errorText } from '../../../../shared/error-text'
import { nameOfPart, openParts } from './part-names'

interface CrashFileOptions {
  folder: string
  startedAt: number
  /** What each file begins with. */
  head: Uint8Array
  /** A file of this size is followed by another, and deleted when that one has this size as well. */
  maxBytes: number
  warn: (text: string) => void
}

/** Readable only by its owner: messages may be somebody's homework. */
const MODE = 0o600

export class CrashFile {
  private current: { path: string; handle: FileHandle; bytes: number } | undefined
  private olderPath: string | undefined
  private hasFailed = false

  constructor(private readonly options: CrashFileOptions) {}

  /** The next block begins a file, and so needs a keyframe. */
  get beginsAnew(): boolean {
    return this.current === undefined || this.current.bytes >= this.options.maxBytes
  }

  /** Writing has stopped. */
  get failed(): boolean {
    return this.hasFailed
  }

  /** Never rejects. */
  async append(block: Uint8Array): Promise<void> {
    if (this.hasFailed) return
    try {
      if (this.current === undefined || this.beginsAnew) await this.begin(block)
      else {
        await this.current.handle.appendFile(block)
        this.current.bytes += block.length
      }
    } catch (error) {
      this.hasFailed = true
      this.options.warn(
        `The session cannot be kept on disk, and a crash would lose it: ${errorText(error)}`,
      )
      await this.current?.handle.close().catch(() => {})
    }
  }

  /** Deletes the files of a session that ended without a crash. Never rejects. */
  async remove(): Promise<void> {
    const paths = new Set([this.olderPath, this.current?.path])
    await this.current?.handle.close().catch(() => {})
    this.current = undefined
    this.hasFailed = true
    for (const path of paths) if (path !== undefined) await this.delete(path)
  }

  private async begin(block: Uint8Array): Promise<void> {
    const { folder, startedAt, head } = this.options
    await mkdir(folder, { recursive: true })
    const older = this.current
    await older?.handle.close()
    if (this.olderPath !== undefined) await this.delete(this.olderPath)
    this.olderPath = older?.path
    const path = join(folder, nameOfPart(startedAt))
    openParts.add(path)
    const handle = await open(path, 'wx', MODE)
    this.current = { path, handle, bytes: head.length + block.length }
    // In one write, so that no file consists of a head alone.
    await handle.appendFile(Buffer.concat([head, block]))
  }

  private async delete(path: string): Promise<void> {
    try {
      await unlink(path)
    } catch (error) {
      this.options.warn(`${path} could not be deleted: ${errorText(error)}`)
    }
    openParts.delete(path)
  }
}
