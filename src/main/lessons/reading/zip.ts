// The files of a lesson in a `.roundabout-lesson` file, a zip of its folder, and such a file made of them. Whoever wrote the
// zip is a stranger: what it unpacks to is counted before it is unpacked, unpacking stops at what was counted, and names lead
// nowhere outside.
import { inflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { MAX_LESSON_ZIP_BYTES } from '../../../shared/lesson/lesson-limits'
import { isLessonFile, LessonFileList, type LessonFiles } from './lesson-files'
import { LESSON_TEXT } from './problems'

/** Entries of a zip that are looked at: a lesson has far fewer. */
const MOST_ENTRIES = 1_000
/** A zip's times begin in 1980; the same for every file, so that the same lesson gives the same bytes. */
const FILE_TIME = new Date(1980, 0, 1)

// The format: APPNOTE.TXT of PKWARE, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
const LOCAL = { signature: 0x04034b50, bytes: 30 }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const END = { signature: 0x06054b50, bytes: 22 }
const MOST_COMMENT_BYTES = 0xffff
const ENCRYPTED = 1
const NAME_IN_UTF8 = 1 << 11
const STORED = 0
const DEFLATED = 8

export const TOO_LARGE = `A lesson’s file has at most ${MAX_LESSON_ZIP_BYTES / 1024 / 1024} MB.`

class Refused extends Error {}

interface Entry {
  readonly path: string
  readonly method: number
  readonly isEncrypted: boolean
  /** As it lies in the zip. */
  readonly packed: Uint8Array
  /** What its author says that it unpacks to, in bytes. */
  readonly size: number
}

/** Never throws. */
export function zipFiles(bytes: Uint8Array): LessonFiles {
  const list = new LessonFileList()
  if (bytes.length > MAX_LESSON_ZIP_BYTES) {
    list.refuse(LESSON_TEXT, TOO_LARGE)
    return list
  }
  try {
    const entries = entriesOf(bytes)
    const top = topFolder(entries.map(({ path }) => path))
    const taken = new Map<string, Entry>()
    for (const entry of entries) {
      const { path, method, isEncrypted, size } = entry
      if (isFolder(path) || !path.startsWith(top)) continue
      const name = path.slice(top.length)
      if (isSystems(name)) continue
      if (!isLessonFile(name)) {
        list.leaveOut(name)
        continue
      }
      if (taken.has(name)) throw new Refused(`It has “${name}” twice.`)
      if (isEncrypted || (method !== STORED && method !== DEFLATED)) {
        throw new Refused(`“${name}” is packed in a way that is not known here.`)
      }
      if (list.admits(name, size)) taken.set(name, entry)
    }
    for (const [name, entry] of taken) {
      const content = contentOf(entry)
      if (content === undefined) throw new Refused(`“${name}” is damaged.`)
      list.bytes.set(name, content)
    }
  } catch (error) {
    const problem = error instanceof Refused ? error.message : 'It is no zip file, or is damaged.'
    list.bytes.clear()
    list.refuse(LESSON_TEXT, problem)
  }
  return list
}

/** A `.roundabout-lesson` file. */
export function zipOf({ bytes }: LessonFiles): Uint8Array {
  const files = [...bytes].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return zipSync(Object.fromEntries(files), { mtime: FILE_TIME, level: 9 })
}

/** What is in the zip, with nothing unpacked. Throws if a name leads out of it, or if entries share bytes. */
function entriesOf(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  const directory = view.getUint32(end + 16, true)
  if (count > MOST_ENTRIES) {
    throw new Refused(`A lesson’s file has at most ${MOST_ENTRIES} entries.`)
  }
  const entries: Entry[] = []
  const parts: { readonly from: number; readonly to: number }[] = []
  let at = directory
  for (let index = 0; index < count; index++) {
    expectSignature(view, at, CENTRAL.signature)
    const flags = view.getUint16(at + 8, true)
    const packedSize = view.getUint32(at + 20, true)
    const nameSize = view.getUint16(at + 28, true)
    const more = view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    const from = view.getUint32(at + 42, true)
    const nameAt = at + CENTRAL.bytes
    const path = pathOf(bytes.subarray(nameAt, nameAt + nameSize), (flags & NAME_IN_UTF8) !== 0)
    expectSignature(view, from, LOCAL.signature)
    const packedAt =
      from + LOCAL.bytes + view.getUint16(from + 26, true) + view.getUint16(from + 28, true)
    const to = packedAt + packedSize
    if (to > directory) throw new Refused(`“${path.slice(0, 100)}” is damaged.`)
    parts.push({ from, to })
    entries.push({
      path,
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & ENCRYPTED) !== 0,
      packed: bytes.subarray(packedAt, to),
      size: view.getUint32(at + 24, true),
    })
    at = nameAt + nameSize + more
  }
  // A small file could else unpack the same bytes a thousand times.
  parts.sort((one, other) => one.from - other.from)
  if (parts.some(({ from }, index) => from < (parts[index - 1]?.to ?? 0))) {
    throw new Refused('Two of its entries share bytes.')
  }
  return entries
}

/** Where the end of the central directory begins: it is the last thing in a zip but for a comment. */
function endOf(view: DataView): number {
  const last = view.byteLength - END.bytes
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) === END.signature) return at
  }
  throw new RangeError('no end of the central directory')
}

function expectSignature(view: DataView, at: number, signature: number): void {
  if (view.getUint32(at, true) !== signature) throw new RangeError('no header')
}

function pathOf(name: Uint8Array, isUtf8: boolean): string {
  const path = normal(Buffer.from(name).toString(isUtf8 ? 'utf8' : 'latin1'))
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..')) {
    throw new Refused(`“${path.slice(0, 100)}” leads out of the lesson’s folder.`)
  }
  return path
}

/** Undefined if it does not unpack to the size that was declared: unpacking stops as soon as there is more. */
function contentOf({ method, packed, size }: Entry): Uint8Array | undefined {
  const content = method === STORED ? packed.slice() : inflated(packed, size)
  return content?.length === size ? content : undefined
}

function inflated(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // Node takes no limit of 0.
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }))
  } catch {
    return undefined
  }
}

/** The folder in which everything is, if it is one: `round-robin/`. Else an empty text. */
function topFolder(entries: readonly string[]): string {
  const own = entries.filter((path) => !isSystems(path))
  if (own.includes(LESSON_TEXT)) return ''
  const folders = new Set(own.map((path) => path.slice(0, path.indexOf('/') + 1)))
  const [only] = folders
  return folders.size === 1 && only !== undefined && own.includes(`${only}${LESSON_TEXT}`)
    ? only
    : ''
}

/** Some programs for Windows write backslashes. */
const normal = (name: string) => name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
const isFolder = (path: string) => path.endsWith('/')
/** Whether the entry is one of macOS's own, or hidden. */
const isSystems = (path: string) => /^__MACOSX\/|(^|\/)\./.test(path)
