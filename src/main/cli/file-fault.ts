// Why a file cannot be read or written, in words. The system's own have its code and the path once more.
import { errorText } from '../../shared/error-text'

type Words = Readonly<Record<string, string>>

const READING: Words = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'a part of its path is no folder.',
  EISDIR: 'it is a folder.',
  EACCES: 'the system does not allow it.',
}
const WRITING: Words = {
  ...READING,
  ENOENT: 'there is no such folder.',
  EEXIST: 'a file or folder of that name is there already.',
}

export function readFault(error: unknown): string {
  return words(error, READING)
}

/** Also of a folder that is to be made. */
export function writeFault(error: unknown): string {
  return words(error, WRITING)
}

function words(error: unknown, ofCodes: Words): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ofCodes[code] ?? errorText(error)
}
