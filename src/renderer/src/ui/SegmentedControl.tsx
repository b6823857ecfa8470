// A choice of a few options side by side: radio buttons that look like a switch.
import { useId } from 'react'

interface SegmentedControlProps<Value extends string> {
  /** The accessible name of the choice. */
  legend: string
  /** The options' words by value, in order. */
  options: Readonly<Record<Value, string>>
  value: Value
  onChange(value: Value): void
}

export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { legend, options, value, onChange } = props
  const name = useId()
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{legend}</legend>
      {keysOf(options).map((option) => (
        <label key={option} className={option === value ? 'is-chosen' : undefined}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {options[option]}
        </label>
      ))}
    </fieldset>
  )
}

function keysOf<Value extends string>(options: Readonly<Record<Value, string>>): Value[] {
  return Object.keys(options).filter((key): key is Value => Object.hasOwn(options, key))
}
