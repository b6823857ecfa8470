// A message's fields. Choosing one marks its bytes, and marking bytes marks their field.
import { useMemo } from 'react'
import type { FieldRange, Range } from '../../../shared/diagnosis/field-ranges'
import { type FieldLine, fieldLines } from '../../../shared/diagnosis/message-fields'
import type { PacketKind } from '../../../shared/events'

interface FieldsViewProps {
  kind: PacketKind
  fields: Readonly<Record<string, unknown>>
  /** The places of the fields in the bytes, if known. */
  ranges: readonly FieldRange[]
  /** The name of the field whose bytes are marked. */
  marked: string | undefined
  onMark(value: Range): void
}

export function FieldsView({ kind, fields, ranges, marked, onMark }: FieldsViewProps) {
  // A value may be a megabyte long.
  const lines = useMemo(() => fieldLines(kind, fields), [kind, fields])
  return (
    <>
      <h3>Fields</h3>
      <ul className="fields">
        {lines.map((line) => {
          // Of two fields with the same name, the last one counts.
          const range = ranges.filter(({ name }) => name === line.name).at(-1)
          if (!range || line.value === undefined) {
            return (
              <li key={line.name} className="field-line">
                <Line line={line} />
              </li>
            )
          }
          return (
            <li key={line.name}>
              <button
                type="button"
                className="field-line"
                aria-pressed={line.name === marked}
                onClick={() => onMark(range.value)}
              >
                <Line line={line} />
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Line({ line: { name, value, extra } }: { line: FieldLine }) {
  return (
    <>
      <span className="field-name">
        {name}
        {extra && <small> extra</small>}
      </span>{' '}
      {value === undefined ? <i>absent</i> : <code>{value}</code>}
    </>
  )
}
