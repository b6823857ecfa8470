// What an option of a command line is: the word for its value, one line of help, and how its value is read. The table of
// a program's options names them (`revproc`, `proxyPort`: `--proxy-port`); parse.ts and help.ts derive the rest.

type Read<T> = { ok: true; value: T } | { ok: false; error: string }

export interface Option<T> {
  /** Stands for the value in the help: `PORT`. An option without one is a switch. */
  readonly value?: string
  /** One line: what it does. */
  readonly help: string
  /** The values that there are, for completion. Left out: any. */
  readonly choices?: readonly string[]
  /** What it is when it is not given. */
  readonly without: T
  readonly isRequired?: true
  /** It may be given several times. */
  readonly isRepeated?: true
  /**
   * `text` is undefined if no value follows. `name` is for the error, which is a sentence. A severalTimes option gets what was
   * read before.
   */
  read(text: string | undefined, name: string, before: T): Read<T>
}

export type Options = Readonly<Record<string, Option<unknown>>>

/** The values of a table of options. */
export type GivenOptions<O extends Options> = {
  readonly [N in keyof O]: O[N] extends Option<infer T> ? T : never
}

/** `--proxy-port`, of the option `proxyPort`. */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** An option without a value. */
export function flagOption(help: string): Option<boolean> {
  return { help, without: false, read: () => ({ ok: true, value: true }) }
}

interface Words {
  readonly value: string
  readonly help: string
}

/** `needs`: what the value must be, after “needs”. `read` returns undefined for a value that it refuses. */
export function reading<T>(
  { value, help, needs }: Words & { needs: string },
  read: (text: string) => T | undefined,
): Option<T | undefined> {
  return {
    value,
    help,
    without: undefined,
    read(text, name) {
      const found = text === undefined ? undefined : read(text)
      if (found !== undefined) return { ok: true, value: found }
      const got = text === undefined ? 'nothing' : `"${text}"`
      return { ok: false, error: `${name} needs ${needs}; it got ${got}.` }
    },
  }
}

/** `what`: `a port`. */
export function numberOption({
  what,
  min = 0,
  max,
  ...words
}: Words & { what: string; min?: number; max: number }): Option<number | undefined> {
  const needs = `${what}, a whole number from ${min} to ${max}`
  return reading({ ...words, needs }, (text) => {
    const number = Number(text)
    return /^\d{1,15}$/.test(text) && number >= min && number <= max ? number : undefined
  })
}

const MAX_PORT = 65_535

export function portOption(help: string, value = 'PORT'): Option<number | undefined> {
  return numberOption({ value, what: 'a port', max: MAX_PORT, help })
}

/** `what`: `a folder`. A value that looks like an option means that the folder is missing. */
export function pathOption({
  what,
  ...words
}: Words & { what: string }): Option<string | undefined> {
  return reading({ ...words, needs: what }, (text) =>
    text === '' || text.startsWith('--') ? undefined : text,
  )
}

export function choiceOption<const V extends string>(
  values: readonly V[],
  words: Words,
): Option<V | undefined> {
  const needs = `one of ${values.join(', ')}`
  return {
    ...reading({ ...words, needs }, (text) => values.find((value) => value === text)),
    choices: values,
  }
}

/** The option with a value of its own when it is not given; the help says which. */
export function withDefault<T>(option: Option<T | undefined>, value: T): Option<T> {
  const { read } = option
  return {
    ...option,
    help: `${option.help} (${String(value)})`,
    without: value,
    read: (text, name) => read(text, name, undefined) as Read<T>,
  }
}

/** The option, which must be given. */
export function required<T>(option: Option<T | undefined>): Option<T> {
  // Without a value the command line is refused, so nobody sees what it is when it is not given.
  return { ...(option as Option<T>), isRequired: true }
}

/** The option, which may be given several times. */
export function severalTimes<T>(option: Option<T | undefined>): Option<readonly T[]> {
  return {
    ...option,
    without: [],
    isRepeated: true,
    read(text, name, before) {
      const found = option.read(text, name, undefined)
      if (!found.ok || found.value === undefined) return found as Read<readonly T[]>
      return { ok: true, value: [...before, found.value] }
    },
  }
}
