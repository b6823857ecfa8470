// One setting in a form, by its declaration: a text, a number with its unit, a check box, or a select. Its default is
// visible below it where it is somebody's.
import { useId } from 'react'
import type { ScalarSetting } from '../../../shared/settings/setting'
import { defaultWords } from './default-words'
import { Field, FieldNote } from './Field'
import { FieldError } from './FieldError'
import type { Entered } from './setting-values'

interface SettingFieldProps {
  setting: ScalarSetting
  value: Entered | undefined
  error: string | undefined
  onChange(value: string | boolean): void
}

export function SettingField({ setting, value, error, onChange }: SettingFieldProps) {
  const { label, help } = setting
  const id = useId()
  const text = typeof value === 'string' ? value : ''
  const note = defaultWords(setting)
  const described = note === '' ? undefined : `${id}-note`
  switch (setting.kind) {
    case 'text':
      return (
        <Field
          label={label}
          help={help}
          note={note}
          value={text}
          error={error}
          onChange={onChange}
        />
      )
    case 'number':
      return (
        <Field
          label={setting.unit === '' ? label : `${label}, ${setting.unit}`}
          help={help}
          note={note}
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
              aria-describedby={described}
              onChange={(event) => onChange(event.target.checked)}
            />
            {label}
          </label>
          <FieldNote id={`${id}-note`} text={note} />
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
            aria-describedby={described}
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
          <FieldNote id={`${id}-note`} text={note} />
          <FieldError text={error} />
        </div>
      )
  }
}
