// A cell of a table with a number that is changed where it is shown.
import type { Entered } from './entered'
import { TypedAtOnce } from './LiveScalar'
import './pool-servers.css'

interface NumberCellProps {
  entered: Entered<string>
  name: string
  isReadOnly?: boolean
}

export function NumberCell({ entered, name, isReadOnly = false }: NumberCellProps) {
  const { shown, error, enter, commit, revert } = entered
  return (
    <td>
      <TypedAtOnce commit={commit} revert={revert}>
        <input
          value={shown}
          aria-label={name}
          inputMode="numeric"
          disabled={isReadOnly}
          aria-invalid={error !== undefined}
          onChange={(event) => enter(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      </TypedAtOnce>
    </td>
  )
}

/** A text that is not a number is kept, so that the error can name it. */
export function numberIn(text: string): number | string {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? text : number
}
