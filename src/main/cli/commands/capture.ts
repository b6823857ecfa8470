// `roundabout capture RECORDING`: a recording as a capture for Wireshark.
import { type FileHandle, open } from 'node:fs/promises'
import { pathOption } from '../../options/option'
import { defineCommand } from '../command'
import { writeFault } from '../file-fault'
import { recordingFrom } from '../recording-from'

export const captureCommand = defineCommand({
  name: 'capture',
  summary: 'Writes a recording as a capture for Wireshark (pcapng)',
  words: { shown: 'RECORDING', min: 1, max: 1 },
  options: {
    output: pathOption({
      value: 'FILE',
      what: 'a file',
      help: 'where it is written (standard output)',
    }),
  },
  examples: [
    ['roundabout capture lesson.roundabout --output lesson.pcapng', 'A file for Wireshark.'],
    ['roundabout capture lesson.roundabout | wireshark -k -i -', 'Opens Wireshark with it.'],
  ],
  async run({ given: { output }, words: [path = ''] }, io) {
    if (output === undefined && io.terminal !== undefined) {
      throw new Error(
        'A capture is not text: add --output FILE, or pass it on with | wireshark -k -i -.',
      )
    }
    const reader = await recordingFrom(path, io.tell)
    const file = output === undefined ? undefined : await opened(output)
    try {
      for await (const part of reader.capture()) {
        if (io.stopped.aborted) break
        if (file) await file.writeFile(part)
        else await io.write(part)
      }
    } finally {
      await file?.close()
    }
    return 0
  },
})

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w')
  } catch (error) {
    throw new Error(`${path} cannot be written: ${writeFault(error)}`)
  }
}
