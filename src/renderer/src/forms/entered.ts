// What a person has entered where it takes effect at once: shown until the lab has it, or why it was refused.
import { useEffect, useRef, useState } from 'react'
import type { CommandResult } from '../../../shared/commands'

/** Sends a change; its error stands at the field. */
export type SendChange<T> = (value: T) => Promise<CommandResult>

export interface Entered<T> {
  shown: T
  error: string | undefined
  /** Shows the value, without sending it. */
  enter(value: T): void
  /** Sends what is shown, or this value. */
  commit(value?: T): void
  /** Shows the lab's value again. */
  revert(): void
}

/** The engine's errors name the setting, which they stand at here. */
const FIELD = /^[\w.]+: /

export function useEntered<T>(value: T, change: SendChange<T>): Entered<T> {
  const [entered, setEntered] = useState<{ value: T } | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  const refused = useRef<T>(undefined)
  // The lab has another value now, which ends what was entered.
  useEffect(() => {
    setEntered(undefined)
    setError(undefined)
  }, [value])

  async function send(wanted: T) {
    refused.current = undefined
    const result = await change(wanted)
    if (!result.ok) {
      refused.current = wanted
      setError(result.error.replace(FIELD, ''))
      return
    }
    setError(undefined)
    // Else it is shown until the event of the change has come.
    if (result.change === undefined) setEntered(undefined)
  }

  const revert = () => {
    setEntered(undefined)
    setError(undefined)
  }
  return {
    shown: entered === undefined ? value : entered.value,
    error,
    enter: (wanted) => setEntered({ value: wanted }),
    revert,
    commit(given) {
      const wanted = given ?? entered?.value
      if (wanted === undefined) return
      if (wanted === value) return revert()
      if (given !== undefined) setEntered({ value: given })
      else if (error !== undefined && wanted === refused.current) return
      void send(wanted)
    },
  }
}
