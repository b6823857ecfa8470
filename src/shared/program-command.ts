// The command that starts a student's program: its words, and the places in it that the check fills in.
import { listed } from './format'

export const PROGRAM_KINDS = ['proxy', 'server', 'client'] as const
export type ProgramKind = (typeof PROGRAM_KINDS)[number]

/** What each place stands for. */
const PLACES = {
  port: 'the port that the proxy listens on',
  revproc: 'the port of the proxy',
  listen: 'the port that the server listens on',
  id: 'the id of the server or client',
  policy: 'the privacy policy',
  packet: 'a file with the message to send',
  dir: 'the folder of the submission',
} as const

type Place = keyof typeof PLACES
export type PlaceValues = Partial<Record<Place, string | number>>

const NEEDED: Readonly<Record<ProgramKind, readonly Place[]>> = {
  proxy: ['port'],
  server: ['revproc'],
  client: ['revproc'],
}

const ALLOWED: Readonly<Record<ProgramKind, readonly Place[]>> = {
  proxy: ['port', 'dir'],
  server: ['revproc', 'listen', 'id', 'policy', 'dir'],
  client: ['revproc', 'id', 'policy', 'packet', 'dir'],
}

/** A place that a command can have. */
export interface PlaceAbout {
  readonly name: string
  /** What the check puts there. */
  readonly means: string
  readonly isNeeded: boolean
}

/** The places of such a program's command, but for that of a class. */
export function placesOf(program: ProgramKind): readonly PlaceAbout[] {
  return ALLOWED[program]
    .filter((name) => name !== 'dir')
    .map((name) => ({ name, means: PLACES[name], isNeeded: NEEDED[program].includes(name) }))
}

const PLACE = /\{(\w+)\}/g

/** The words of the command; single and double quotes keep spaces. Undefined: a quote is left open. */
export function commandWords(command: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (const character of command) {
    if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return undefined
  if (word !== undefined) words.push(word)
  return words
}

/** The places that the command has. */
export function commandPlaces(command: string): ReadonlySet<string> {
  return new Set([...command.matchAll(PLACE)].map(([, name = '']) => name))
}

/** A sentence on what is wrong with the command; undefined if nothing is. */
export function commandFault(command: string, subject: ProgramKind): string | undefined {
  const words = commandWords(command)
  if (words === undefined) return 'The command has a quote that is not closed.'
  if (words.length === 0) return 'The command is empty.'
  const places = commandPlaces(command)
  const allowed: readonly string[] = ALLOWED[subject]
  const unknown = [...places].find((name) => !allowed.includes(name))
  if (unknown !== undefined) {
    const known = listed(allowed.map((name) => `{${name}}`))
    return `The command of a ${subject} has no {${unknown}}; it can have ${known}.`
  }
  const missing = NEEDED[subject].find((name) => !places.has(name))
  if (missing === undefined) return undefined
  return `The command needs {${missing}}: ${PLACES[missing]} goes there.`
}

/** Places without a value stay as they are. */
export function filledIn(words: readonly string[], values: PlaceValues): string[] {
  const texts: Readonly<Record<string, string | number | undefined>> = values
  return words.map((word) => word.replace(PLACE, (place, name) => String(texts[name] ?? place)))
}
