// A recording's head: which version wrote it, and in which vocabulary.
import * as v from 'valibot'
import { VOCABULARY_1 } from '../feed/format-1'
import { type Translation, translationFrom, UnreadableVocabulary } from '../feed/translation'
import { readVocabulary, VOCABULARY } from '../feed/vocabulary'
import { FORMAT_1, MAX_HEAD_BYTES, type RecordingHead, VERSION } from './format'

const textOf = new TextDecoder('utf-8', { fatal: true })
const headSchema = v.object({
  format: v.exactOptional(v.number(), FORMAT_1),
  startedAt: v.pipe(v.number(), v.finite()),
  app: v.string(),
})

/** The content of a head. */
export function writeHead({ startedAt, app }: RecordingHead): string {
  return JSON.stringify({ format: VERSION, startedAt, app, ...VOCABULARY })
}

type ReadHead =
  /** `translation`: from the vocabulary of the rest, if that is not ours. */
  | { ok: true; head: RecordingHead; translation: Translation | undefined }
  /** A sentence, or the end of one that says where it is damaged. */
  | { ok: false; unreadable: string }
  | { ok: false; damage: string }

export function readHead(content: Uint8Array, format: number): ReadHead {
  if (content.length > MAX_HEAD_BYTES) return { ok: false, damage: 'it is longer than any head is' }
  let value: unknown
  try {
    value = JSON.parse(textOf.decode(content))
  } catch {
    return { ok: false, damage: 'it does not say what it is' }
  }
  const checked = v.safeParse(headSchema, value)
  if (!checked.success) return { ok: false, damage: 'it does not say what it is' }
  const { format: repeated, ...head } = checked.output
  // No checksum covers the number at the beginning of the file.
  if (repeated !== format) return { ok: false, damage: 'it is of another format than its file' }
  const vocabulary = format === FORMAT_1 ? VOCABULARY_1 : readVocabulary(value)
  if (typeof vocabulary === 'string') return { ok: false, damage: vocabulary }
  try {
    return { ok: true, head, translation: translationFrom(vocabulary, format > VERSION) }
  } catch (error) {
    if (!(error instanceof UnreadableVocabulary)) throw error
    return format > VERSION
      ? {
          ok: false,
          unreadable: `It was written by a newer Roundabout (${head.app}), which this one cannot read: ${error.message}.`,
        }
      : { ok: false, damage: error.message }
  }
}
