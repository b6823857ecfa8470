// Opens recordings, scenarios and lessons; saves recordings, scenarios and captures.

import { errorText } from '../../../shared/error-text'
import {
  fileKindOf,
  LESSON_EXTENSION,
  RECORDING_EXTENSION,
  SCENARIO_EXTENSION,
  withoutExtension,
} from '../../../shared/file-kinds'
import { counted, formatBytes } from '../../../shared/format'
import { MAX_LESSON_ZIP_BYTES } from '../../../shared/lesson/lesson-limits'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { MAX_SCENARIO_BYTES, scenarioOf, writeScenario } from '../../../shared/scenario-file'
import { readScenario } from '../../../shared/scenario-text'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { askLesson } from '../lab/lesson'
import type { LongWork } from '../past/history/history'
import { pastView, usePast, withProgress } from '../past/past'
import { fileName, saveFile } from '../ui/save-file'
import { refused } from './refusal'
import { offerScenario } from './scenario'

const CAPTURE_EXTENSION = 'pcapng'
/** Characters that a file's name cannot have on every system. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are such characters
const UNSAFE_IN_NAMES = /[\\/:*?"<>|\u0000-\u001f]/g

/** The scenario of the file that was opened last, and the file's name without its extension. */
let openedScenario: { name: string; stem: string } | undefined

/** Referenced while its dialog is open: it is not in the page, and could be collected before a file is chosen. */
let chooser: HTMLInputElement | undefined

/** Lets the person choose a recording, a scenario or a lesson, and opens it. */
export function chooseFile(): void {
  const input = document.createElement('input')
  chooser = input
  input.type = 'file'
  input.accept = `.${RECORDING_EXTENSION},.${SCENARIO_EXTENSION},.${LESSON_EXTENSION}`
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (chooser === input) chooser = undefined
    if (file) void openFile(file)
  })
  input.click()
}

/** Opens the file, or says in a notice what is wrong with it and changes nothing. */
export async function openFile(file: File): Promise<void> {
  const kind = fileKindOf(file.name)
  if (kind === 'scenario') await openScenarioFile(file)
  else if (kind === 'lesson') await openLessonFile(file)
  else await pastView().openRecording(file)
}

/** The process behind the page reads it, and shows its first step or says what is wrong with it. */
async function openLessonFile(file: File): Promise<void> {
  if (refused()) return
  if (file.size > MAX_LESSON_ZIP_BYTES) {
    const size = `It has ${formatBytes(file.size)}; a lesson has at most ${formatBytes(MAX_LESSON_ZIP_BYTES)}.`
    useUi.getState().notify('error', `${file.name} was not opened. ${size}`)
    return
  }
  askLesson({ kind: 'openFile', name: file.name, base64: base64Of(await file.arrayBuffer()) })
}

/** How many bytes become text at once, since a call has a limited number of arguments. A multiple of three. */
const BASE64_BYTES = 3 * 8_192

function base64Of(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += BASE64_BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(from, from + BASE64_BYTES))))
  }
  return parts.join('')
}

async function openScenarioFile(file: File): Promise<void> {
  const refuse = (words: string) =>
    useUi.getState().notify('error', `${file.name} was not opened. ${words}`)
  if (file.size > MAX_SCENARIO_BYTES) {
    return refuse(
      `It has ${formatBytes(file.size)}; a scenario has at most ${formatBytes(MAX_SCENARIO_BYTES)}.`,
    )
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return refuse('It is no text in UTF-8.')
  }
  const read = readScenario(text, withoutExtension(file.name))
  if (!read.ok) return refuse(read.error)
  openedScenario = { name: read.scenario.name, stem: withoutExtension(file.name) }
  await offerScenario(read.scenario, read.notice)
}

/** Saves the lab on the screen; while looking back, as it was then. */
export function saveScenario(): void {
  const { state } = useLab.getState()
  const { contents, outside } = scenarioOf(state)
  const { stem, name } = scenarioFile(state.scenario)
  const named = name === undefined ? contents : { ...contents, name }
  const content = new Blob([writeScenario(named)], { type: 'application/json' })
  const { notify } = useUi.getState()
  if (content.size > MAX_SCENARIO_BYTES) {
    notify(
      'error',
      `The scenario was not saved. It would have ${formatBytes(content.size)}; it may have ${formatBytes(MAX_SCENARIO_BYTES)}. Shorter payloads make it smaller.`,
    )
    return
  }
  if (outside > 0) {
    notify(
      'info',
      `${counted(outside, 'outside program')} cannot be in a scenario: they join by themselves.`,
    )
  }
  saveFile(
    stem === undefined ? nameFor(SCENARIO_EXTENSION) : `${stem}.${SCENARIO_EXTENSION}`,
    content,
  )
}

/** The name of the scenario's file, and its own name if the file that was opened has another. */
function scenarioFile(scenario: string | null): { stem?: string; name?: string } {
  if (scenario === null || scenario === CLASSIC_POOL.name) return {}
  if (openedScenario?.name !== scenario) {
    return { stem: scenario.replaceAll(UNSAFE_IN_NAMES, '-') }
  }
  const { stem } = openedScenario
  return stem === scenario ? { stem } : { stem, name: scenario }
}

export function saveRecording(): Promise<void> {
  return save('recording', RECORDING_EXTENSION, async (work) =>
    (await pastView().currentHistory(work)).recording(work),
  )
}

export function saveCapture(): Promise<void> {
  return save('capture', CAPTURE_EXTENSION, async (work) =>
    (await pastView().currentHistory(work)).capture(work),
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
    const words = errorText(error)
    useUi.getState().notify('error', `The ${what} was not saved. ${words}`)
  }
}

/** The file name; an open recording gives its own. */
function nameFor(extension: string): string {
  const { name } = usePast.getState()
  const stem = name === undefined ? undefined : withoutExtension(name)
  return stem ? `${stem}.${extension}` : fileName(extension)
}
