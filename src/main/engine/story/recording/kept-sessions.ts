// The sessions that are kept on disk: those that were closed, and those of a process that ended without closing them. Lists,
// reads and deletes them.
import { open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptSession, RecordingPart } from '../../../../shared/contract'
import { MAX_KEPT_SESSIONS, RECORDING_PART_BYTES } from '../../../../shared/limits'
import { completeBlocks, findBlock, PREFIX_BYTES } from '../../../../shared/recording/format'
import { encodeEnd } from '../../../../shared/recording/writer'
import { parseLabel, type SessionLabel } from '../../../../shared/session-label'
import { CommandError } from '../../command-error'
import { isMissing, systemWords } from '../../system-words'
import { isBeingWritten } from './session-file'
import { isRunning, labelName, partName, readFileName, readSessionName } from './session-names'

/** Consecutive bytes of a file that are part of a session's recording. */
interface Piece {
  path: string
  from: number
  length: number
}

export class KeptSessions {
  /** The recordings that have been read, which no longer change. */
  private readonly recordings = new Map<string, readonly Piece[]>()
  private readonly listeners = new Set<() => void>()

  /** Without a folder, no session is kept. */
  constructor(private readonly folder: string | undefined) {}

  /** Calls the listener when a session has been added or discarded here. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** A session of this process has ended. */
  changed(): void {
    for (const listener of this.listeners) listener()
  }

  /** The newest first. */
  async list(): Promise<readonly KeptSession[]> {
    return (await this.ended()).kept
  }

  /** Deletes the oldest ones beyond MAX_KEPT_SESSIONS, and crashed ones in which nothing happened. */
  async trim(): Promise<void> {
    const { folder } = this
    if (folder === undefined) return
    for (const name of (await this.ended()).surplus) await this.delete(folder, name)
  }

  private async ended(): Promise<{ kept: readonly KeptSession[]; surplus: readonly string[] }> {
    const { folder } = this
    const found: KeptSession[] = []
    const surplus: string[] = []
    if (folder === undefined) return { kept: found, surplus }
    for (const [name, files] of await this.sessionsIn(folder)) {
      const label = await readLabel(folder, name)
      if (this.isInUse(folder, name, label)) continue
      const session = await describe(folder, name, files, label)
      if (session === undefined) surplus.push(name)
      else found.push(session)
    }
    found.sort((one, other) => other.endedAt - one.endedAt)
    surplus.push(...found.splice(MAX_KEPT_SESSIONS).map(({ name }) => name))
    return { kept: found, surplus }
  }

  /** Rejects with an Error for the user. */
  async read(name: string, from: number): Promise<RecordingPart> {
    const folder = await this.folderOf(name)
    const pieces = this.recordings.get(name) ?? (await this.measure(folder, name))
    const tail = encodeEnd()
    const whole = pieces.reduce((total, { length }) => total + length, 0)
    const end = whole + tail.length
    if (from > end)
      throw new CommandError(`"${name}" has ${end} bytes: it has none from ${from} on.`)
    const bytes = new Uint8Array(Math.min(RECORDING_PART_BYTES, end - from))
    let at = 0
    for (const piece of pieces) {
      const begin = Math.max(from, at)
      const until = Math.min(from + bytes.length, at + piece.length)
      if (begin < until) {
        const target = bytes.subarray(begin - from, until - from)
        await readInto(piece.path, target, piece.from + begin - at)
      }
      at += piece.length
    }
    const ofTail = Math.max(0, from - whole)
    const ofFiles = Math.max(0, Math.min(bytes.length, whole - from))
    bytes.set(tail.subarray(ofTail, ofTail + bytes.length - ofFiles), ofFiles)
    return { bytes, from, end }
  }

  /** Rejects with an Error for the user if there is no such session. */
  async discard(name: string): Promise<void> {
    const folder = await this.folderOf(name)
    if (!(await this.delete(folder, name))) throw noSuch(name)
    this.changed()
  }

  private async delete(folder: string, name: string): Promise<boolean> {
    this.recordings.delete(name)
    const files = (await this.sessionsIn(folder)).get(name) ?? []
    await deleteFiles(folder, files)
    return files.length > 0
  }

  /** The names of sessions with those of their files. The folder does not exist before a session has written a file. */
  private async sessionsIn(folder: string): Promise<Map<string, string[]>> {
    const sessions = new Map<string, string[]>()
    for (const file of await readdir(folder).catch(() => [])) {
      const name = readFileName(file)?.session
      if (name === undefined) continue
      const files = sessions.get(name)
      if (files === undefined) sessions.set(name, [file])
      else files.push(file)
    }
    return sessions
  }

  private async measure(folder: string, name: string): Promise<readonly Piece[]> {
    const files = (await this.sessionsIn(folder)).get(name) ?? []
    const pieces = await piecesOf(folder, name, partsIn(files))
    if (pieces === undefined) throw noSuch(name)
    if (pieces.length === 0) throw new CommandError(`"${name}" is damaged from its beginning.`)
    this.recordings.set(name, pieces)
    return pieces
  }

  private async folderOf(name: string): Promise<string> {
    const { folder } = this
    if (folder === undefined || readSessionName(name) === undefined) throw noSuch(name)
    const label = await readLabel(folder, name)
    if (this.isInUse(folder, name, label)) throw noSuch(name)
    return folder
  }

  private isInUse(folder: string, name: string, label: SessionLabel | undefined): boolean {
    const session = readSessionName(name)
    if (session === undefined || session.pid === process.pid) return isBeingWritten(folder, name)
    return label?.closed !== true && isRunning(session)
  }
}

/** Undefined if it is not worth keeping: its recording is gone, or nothing had happened in it when it crashed. */
async function describe(
  folder: string,
  name: string,
  files: readonly string[],
  label: SessionLabel | undefined,
): Promise<KeptSession | undefined> {
  let bytes = 0
  let changedAt = 0
  for (const part of partsIn(files)) {
    const file = await stat(join(folder, partName(name, part))).catch(() => undefined)
    if (!file?.isFile()) continue
    bytes += file.size
    changedAt = Math.max(changedAt, file.mtimeMs)
  }
  const crashed = label?.closed !== true
  if (bytes === 0 || (crashed && label?.messages === 0 && label.programs === 0)) return undefined
  return {
    name,
    startedAt: label?.startedAt ?? readSessionName(name)?.startedAt ?? changedAt,
    endedAt: label?.endedAt ?? changedAt,
    bytes,
    messages: label?.messages ?? null,
    scenario: label?.scenario ?? null,
    crashed,
  }
}

/** The numbers of the recording's parts, in order. */
function partsIn(files: readonly string[]): number[] {
  return files.flatMap((file) => readFileName(file)?.part ?? []).sort((one, other) => one - other)
}

/** The recording's undamaged pieces: a later part continues the one before it, and its own head is left out. */
async function piecesOf(
  folder: string,
  name: string,
  parts: readonly number[],
): Promise<Piece[] | undefined> {
  let pieces: Piece[] | undefined
  for (const part of parts) {
    const path = join(folder, partName(name, part))
    const file = await readFile(path).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw new CommandError(`"${name}" cannot be read: ${systemWords(error)}.`)
    })
    if (file === undefined) continue
    pieces ??= []
    const whole = completeBlocks(file)
    const head = findBlock(file, PREFIX_BYTES)
    if (whole === 0 || head.kind !== 'block') continue
    const from = pieces.length === 0 ? 0 : head.end
    pieces.push({ path, from, length: whole - from })
    // What follows a gap cannot be read with what precedes it. The newest piece is worth the most.
    if (whole < file.length && part !== parts.at(-1)) pieces = []
  }
  return pieces
}

async function readLabel(folder: string, name: string): Promise<SessionLabel | undefined> {
  const text = await readFile(join(folder, labelName(name)), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseLabel(text)
}

async function deleteFiles(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await unlink(join(folder, file)).catch(() => {})
}

function noSuch(name: string): CommandError {
  return new CommandError(`There is no session "${name}" any more.`)
}

async function readInto(path: string, target: Uint8Array, from: number): Promise<void> {
  const file = await open(path).catch((error: unknown) => {
    throw new CommandError(`It cannot be read any more: ${systemWords(error)}.`)
  })
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
