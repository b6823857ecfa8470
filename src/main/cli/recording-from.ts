// Reads a recording for a command. Throws an Error in words that name the file.
import { readFile } from 'node:fs/promises'
import { errorText } from '../../shared/error-text'
import { RecordingReader } from '../../shared/recording/reader'
import { readFault } from './file-fault'

/** `tell` gets what was left out of a recording of a newer version. */
export async function recordingFrom(
  path: string,
  tell: (text: string) => void,
): Promise<RecordingReader> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${readFault(error)}`)
  })
  const reader = new RecordingReader()
  const { notice } = await reader.open(bytes).catch((error: unknown) => {
    throw new Error(`${path}: ${errorText(error)}`)
  })
  if (notice !== undefined) tell(`${path}: ${notice}`)
  return reader
}
