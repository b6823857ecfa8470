// The common part of forms for actors: sends a command once, and puts the engine's errors beside their fields.
import { useState } from 'react'
import { type CommandResult, parseCommand } from '../../../shared/commands'
import { isObject } from '../../../shared/feed/field'
import { execute } from '../lab/lab'

/** An error about one field, or about the whole form if no field is named. */
interface FormError<Field extends string> {
  field: Field | null
  text: string
}

/**
 * The engine's errors begin with the field: `policy: A policy needs …`. One about a setting inside a feature keeps that
 * one's name: `work.ms: It must be …` is `ms: It must be …` about `work`.
 */
export function formError<Field extends string>(
  error: string,
  fields: readonly Field[],
): FormError<Field> {
  for (const field of fields) {
    const prefix = [`${field}: `, `${field}.`].find((one) => error.startsWith(one))
    if (prefix !== undefined) return { field, text: error.slice(prefix.length) }
  }
  return { field: null, text: error }
}

/** What a saved form has changed; `node` is the node's id from now on. */
export type Saved = Omit<Extract<CommandResult, { ok: true }>, 'ok'>

/**
 * Everything that is wrong with the fields of a command that was refused: the engine's words name the first only. Each
 * setting inside a feature is a field of its own.
 */
export function mistakesIn(command: object, about: readonly string[], first: string): string[] {
  const alone = Object.entries(command).filter(([field]) => about.includes(field))
  const always = Object.fromEntries(
    Object.entries(command).filter(([field]) => !about.includes(field)),
  )
  const parts = alone.flatMap(([field, value]): object[] =>
    isObject(value)
      ? Object.entries(value).map(([name, inside]) => ({ [field]: { [name]: inside } }))
      : [{ [field]: value }],
  )
  const errors = parts.flatMap((part) => {
    const parsed = parseCommand({ ...always, ...part })
    return parsed.ok ? [] : [parsed.error]
  })
  // Settings that do not go together are found only when all are checked at once.
  return errors.length === 0 ? [first] : errors
}

interface CommandForm<Field extends string> {
  /** The first of them. */
  error: FormError<Field> | null
  /** A new list each time that the command is refused. */
  errors: readonly FormError<Field>[]
  busy: boolean
  /** Checks the command and runs it; `onDone` is called with the node that was made or changed. */
  submit(command: object): Promise<void>
}

export function useCommandForm<Field extends string>(
  fields: readonly Field[],
  onDone: (result: Saved) => void,
): CommandForm<Field> {
  const [errors, setErrors] = useState<readonly FormError<Field>[]>([])
  const [busy, setBusy] = useState(false)
  return {
    error: errors[0] ?? null,
    errors,
    busy,
    async submit(command) {
      setBusy(true)
      const parsed = parseCommand(command)
      const result = parsed.ok ? await execute(parsed.command) : parsed
      setBusy(false)
      if (result.ok) {
        setErrors([])
        onDone(result)
      } else {
        const all = parsed.ok ? [result.error] : mistakesIn(command, fields, result.error)
        setErrors(all.map((one) => formError(one, fields)))
      }
    },
  }
}
