// A feature in a form that is saved as a whole: a check box, what the feature does, and the settings inside while it is on.
import { useId } from 'react'
import type { FeatureSetting } from '../../../shared/settings/setting'
import { FieldNote } from './Field'
import { FieldError } from './FieldError'
import { SettingField } from './SettingField'
import { type Draft, draftOf, type Entered } from './setting-values'

interface FeatureFieldProps {
  setting: FeatureSetting
  value: Entered | undefined
  /** An error about a setting inside begins with its name: `ms: …`. */
  errors: readonly string[]
  onChange(value: Draft | false): void
}

export function FeatureField({ setting, value, errors, onChange }: FeatureFieldProps) {
  const { label, help, settings } = setting
  const inside = typeof value === 'object' ? value : undefined
  const isAbout = (name: string) => (error: string) => error.startsWith(`${name}: `)
  const names = Object.keys(settings)
  const general = errors.find((error) => !names.some((name) => isAbout(name)(error)))
  const note = `${useId()}-note`
  return (
    <div className="field-feature">
      <label className="field-check">
        <input
          type="checkbox"
          checked={inside !== undefined}
          aria-describedby={note}
          onChange={(event) => onChange(event.target.checked && draftOf(settings, {}))}
        />
        {label}
      </label>
      <FieldNote id={note} text={help} />
      <FieldError text={general} />
      {inside && (
        <fieldset className="settings feature-settings">
          <legend className="visually-hidden">{label}</legend>
          {Object.entries(settings).map(([name, one]) => (
            <SettingField
              key={name}
              setting={one}
              value={inside[name]}
              error={errors.find(isAbout(name))?.slice(name.length + 2)}
              onChange={(entered) => onChange({ ...inside, [name]: entered })}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
