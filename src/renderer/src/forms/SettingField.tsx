// One setting in a form, by its declaration: a text, a number with its unit, a check box, or a select.
import { useId } from 'react'
import type { ScalarSetting } from '../../../shared/settings/setting'
import { Field } from './Field'

interface SettingFieldProps {
  setting: ScalarSetting
  value: string | boolean | undefined
  error: string | undefined
  onChange(value: string | boolean): void
}

export function SettingField({ setting, value, error, onChange }: SettingFieldProps) {
  const { label, help } = setting
  const id = useId()
  const text = typeof value === 'string' ? value : ''
  switch (setting.kind) {
    case 'text':
      return <Field label={label} help={help} value={text} error={error} onChange={onChange} />
    case 'number':
      return (
        <Field
          label={setting.unit === '' ? label : `${label}, ${setting.unit}`}
          help={help}
          value={text}
          error={error}
          isNumber
          onChange={onChange}
        />
      )
    case 'flag':
      return (
        <div className="field-flag" title={help}>
          <label className="field-check">
            <input
              type="checkbox"
              checked={value === true}
              aria-description={help}
              onChange={(event) => onChange(event.target.checked)}
            />
            {label}
          </label>
          <FieldError text={error} />
        </div>
      )
    case 'choice':
      return (
        <div className="field" title={help}>
          <label htmlFor={id}>{label}</label>
          <select
            id={id}
            value={text}
            aria-description={help}
            onChange={(event) => onChange(event.target.value)}
          >
            {setting.options.every((option) => option.value !== text) && (
              <option value={text} disabled>
                {setting.say(text)}
              </option>
            )}
            {setting.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <FieldError text={error} />
        </div>
      )
  }
}

function FieldError({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p className="field-error" role="alert">
      {text}
    </p>
  )
}
