// What a session that runs, or was killed, has on the disk.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSending } from '../../src/shared/carried'
import { completeBlocks } from '../../src/shared/recording/format'
import { readRecording } from '../support/recordings'

/** Number of packets sent, according to the file of a session that has not ended; 0 without such a file. */
export async function packetsKeptIn(folder: string): Promise<number> {
  const files = await readdir(folder).catch(() => [])
  const name = files.find((file) => file.endsWith('.part'))
  if (name === undefined) return 0
  const bytes = await readFile(join(folder, name))
  const { blocks } = readRecording(bytes.subarray(0, completeBlocks(bytes)))
  return blocks.flatMap(({ events }) => events).filter(isSending).length
}
