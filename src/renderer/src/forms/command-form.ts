// The common part of forms for actors: sends a command once, and puts the engine's errors beside their fields.
import { useState } from 'react'
import { type CommandResult, parseCommand } from '../../../shared/commands'
import { execute } from '../lab/lab'

/** An error about one field, or about the whole form if no field is named. */
interface FormError<Field extends string> {
  field: Field | null
  text: string
}

/** The engine's errors begin with the field: `policy: A policy needs …`. */
export function formError<Field extends string>(
  error: string,
  fields: readonly Field[],
): FormError<Field> {
  for (const field of fields) {
    const prefix = `${field}: `
    if (error.startsWith(prefix)) return { field, text: error.slice(prefix.length) }
  }
  return { field: null, text: error }
}

/** What a saved form has changed; `node` is the node's id from now on. */
export type Saved = Omit<Extract<CommandResult, { ok: true }>, 'ok'>

interface CommandForm<Field extends string> {
  error: FormError<Field> | null
  busy: boolean
  /** Checks the command and runs it; `onDone` is called with the node that was made or changed. */
  submit(command: unknown): Promise<void>
}

export function useCommandForm<Field extends string>(
  fields: readonly Field[],
  onDone: (result: Saved) => void,
): CommandForm<Field> {
  const [error, setError] = useState<FormError<Field> | null>(null)
  const [busy, setBusy] = useState(false)
  return {
    error,
    busy,
    async submit(command) {
      setBusy(true)
      const parsed = parseCommand(command)
      const result = parsed.ok ? await execute(parsed.command) : parsed
      setBusy(false)
      if (result.ok) {
        setError(null)
        onDone(result)
      } else {
        setError(formError(result.error, fields))
      }
    },
  }
}
