// Recordings and captures as files: opened, and saved.
import type { LongWork } from '../history/history'
import { fileName, saveFile } from '../save-file'
import { currentHistory, openRecording, usePast, withProgress } from '../store/past'
import { useUi } from '../store/ui'

export const RECORDING_EXTENSION = 'roundabout'
const CAPTURE_EXTENSION = 'pcapng'

/** Held while its dialog is open: it is no part of the page, and could be collected before a file is chosen. */
let chooser: HTMLInputElement | undefined

/** Lets the person choose a recording, and opens it. */
export function chooseRecording(): void {
  const input = document.createElement('input')
  chooser = input
  input.type = 'file'
  input.accept = `.${RECORDING_EXTENSION}`
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (chooser === input) chooser = undefined
    if (file) void openRecording(file)
  })
  input.click()
}

export function saveRecording(): Promise<void> {
  return save('recording', RECORDING_EXTENSION, async (work) =>
    (await currentHistory(work)).recording(work),
  )
}

export function saveCapture(): Promise<void> {
  return save('capture', CAPTURE_EXTENSION, async (work) =>
    (await currentHistory(work)).capture(work),
  )
}

async function save(
  what: string,
  extension: string,
  make: (work: LongWork) => Promise<Blob>,
): Promise<void> {
  try {
    const content = await withProgress(`Saving the ${what}`, make)
    if (content) saveFile(nameFor(extension), content)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    useUi.getState().notify('error', `The ${what} was not saved. ${words}`)
  }
}

/** An open recording lends its own name. */
function nameFor(extension: string): string {
  const { name } = usePast.getState()
  const stem = name?.replace(/\.roundabout$/i, '')
  return stem ? `${stem}.${extension}` : fileName(extension)
}
