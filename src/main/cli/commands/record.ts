// `roundabout record FILE`: a proxy whose session is written to a file.
import { open } from 'node:fs/promises'
import { RecordingReader } from '../../../shared/recording/reader'
import type { Engine } from '../../engine/index'
import { defineCommand } from '../command'
import { writeFault } from '../file-fault'
import { runProxy } from '../programs/proxy'
import { PROXY_OPTIONS } from '../programs/proxy-options'

export const recordCommand = defineCommand({
  name: 'record',
  summary: 'Runs a proxy and writes what happened to a recording',
  details: [
    'The file is written at the end, with Ctrl+C. The app opens it, and so do replay and capture.',
  ],
  words: { shown: 'FILE', min: 1, max: 1 },
  options: PROXY_OPTIONS,
  examples: [['roundabout record lesson.roundabout -port 2100', 'The homework’s proxy, recorded.']],
  async run({ given, words: [path = ''] }, io) {
    // Now, and not after an hour, it turns out that the file cannot be written.
    const file = await open(path, 'w').catch((error: unknown) => {
      throw new Error(`${path} cannot be written: ${writeFault(error)}`)
    })
    try {
      await runProxy({ ...given, pool: given }, io, {
        isRecorded: true,
        ending: (engine) => writeRecording(engine, (bytes) => file.writeFile(bytes)),
      })
    } finally {
      await file.close()
    }
    io.tell(`Recorded in ${path}.`)
    return 0
  },
})

/** Everything up to now. Parts come while the session runs: its end is where it was at first. */
async function writeRecording(
  engine: Engine,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const reader = new RecordingReader()
  let at = 0
  let end = 1
  while (at < end) {
    const part = await engine.readRecording('session', at)
    if (part.from !== at) await reader.clear()
    await reader.append(part.bytes)
    if (at === 0) end = part.end
    at = part.from + part.bytes.length
  }
  for (const bytes of reader.recording()) await write(bytes)
}
