// Reads the text of a scenario file: into a scenario, or into words that say where a mistake is. Never throws.
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { JsonPath } from './json-path'
import { syntaxProblemWords } from './json-problems'
import type { Scenario } from './scenario'
import { checkScenario, pathText } from './scenario-file'

/** `notice`: what was left out of a file of a newer version. */
type ReadScenario =
  | { ok: true; scenario: Scenario; notice?: string | undefined }
  /** `error` names the place; `problem` is the sentence without it. `line`: counted from 1. */
  | { ok: false; error: string; problem: string; line: number | undefined }

/** `fileName`: without its extension. */
export function readScenario(text: string, fileName: string): ReadScenario {
  // Some editors write a byte order mark at the beginning.
  const json = text.replace(/^\ufeff/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return syntaxFault(json)
  }
  const checked = checkScenario(value, fileName)
  if (checked.ok) return checked
  const { error, path } = checked
  if (path.length === 0) return { ok: false, error, problem: error, line: undefined }
  const line = lineNumberAt(json, path)
  const where = line === undefined ? '' : ` (line ${line})`
  const field = pathText(path)
  return { ok: false, error: `${field}${where}: ${error}`, problem: `${field}: ${error}`, line }
}

function syntaxFault(json: string): ReadScenario & { ok: false } {
  if (json.trim() === '') return atNoLine('It is empty.')
  const errors: ParseError[] = []
  parsed(json, errors)
  const [first] = errors
  if (first === undefined) return atNoLine('It is not JSON.')
  const before = json.slice(0, first.offset).split('\n')
  const line = before.length
  const column = (before.at(-1)?.length ?? 0) + 1
  const ends =
    printParseErrorCode(first.error) === 'ValueExpected' && json.slice(first.offset).trim() === ''
  const words = ends ? 'the file ends in the middle.' : syntaxProblemWords(first.error)
  const error = `Line ${line}, column ${column}: ${words}`
  return { ok: false, error, problem: `Column ${column}: ${words}`, line }
}

function atNoLine(error: string): ReadScenario & { ok: false } {
  return { ok: false, error, problem: error, line: undefined }
}

/** The line of a mistake; for something missing, the line where it should be. */
function lineNumberAt(json: string, path: JsonPath): number | undefined {
  const root = parsed(json, [])
  if (root === undefined) return undefined
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node) return json.slice(0, node.offset).split('\n').length
  }
  return undefined
}

/** Undefined if it is nested too deeply. */
function parsed(json: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(json, errors, { disallowComments: true })
  } catch {
    return undefined
  }
}
