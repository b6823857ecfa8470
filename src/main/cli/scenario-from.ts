// Reads a scenario file for a command. Throws an Error in words that name the file and the place of the mistake.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { withoutExtension } from '../../shared/file-kinds'
import type { Scenario } from '../../shared/scenario'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'
import { readScenario } from '../../shared/scenario-text'
import { readFault } from './file-fault'

/** `tell` gets what was left out of a file of a newer version. */
export async function scenarioFrom(path: string, tell: (text: string) => void): Promise<Scenario> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${readFault(error)}`)
  })
  if (bytes.length > MAX_SCENARIO_BYTES) {
    throw new Error(`${path} is no scenario: one has at most ${MAX_SCENARIO_BYTES} bytes.`)
  }
  const read = readScenario(bytes.toString('utf8'), withoutExtension(basename(path)))
  if (!read.ok) throw new Error(`${path}: ${read.error}`)
  if (read.notice !== undefined) tell(`${path}: ${read.notice}`)
  return read.scenario
}
