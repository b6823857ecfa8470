// What went wrong with a file, in words for the person.
import { errorText } from '../../shared/error-text'

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'its folder may not be written by you',
  EPERM: 'its folder may not be written by you',
  ENOTDIR: 'its folder is a file',
  EIO: 'the disk has a fault',
}

export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
}

/** The end of a sentence, without its full stop. */
export function systemWords(error: unknown): string {
  const code = codeOf(error)
  const words = WORDS[code]
  return words === undefined ? errorText(error).replace(/\.$/, '') : `${words} (${code})`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
