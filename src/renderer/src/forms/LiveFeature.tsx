// A feature: a check box that switches it on with its defaults, what it does, and below it the settings inside.
import { useId } from 'react'
import { isObject } from '../../../shared/feed/field'
import { type FeatureSetting, OFF } from '../../../shared/settings/setting'
import { type SendChange, useEntered } from './entered'
import { FieldNote } from './Field'
import { FieldError } from './FieldError'
import { LiveScalar } from './LiveScalar'

interface LiveFeatureProps {
  setting: FeatureSetting
  /** Off, or the value of each setting inside. */
  value: unknown
  change: SendChange<unknown>
}

export function LiveFeature({ setting, value, change }: LiveFeatureProps) {
  const { label, help, settings } = setting
  const inside = isObject(value) ? value : undefined
  const isOn = useEntered(inside !== undefined, (on) => change(on ? {} : OFF))
  const note = `${useId()}-note`
  return (
    <div className="field-feature">
      <label className="field-check">
        <input
          type="checkbox"
          checked={isOn.shown}
          aria-describedby={note}
          onChange={(event) => isOn.commit(event.target.checked)}
        />
        {label}
      </label>
      <FieldNote id={note} text={help} />
      <FieldError text={isOn.error} />
      {inside && (
        <fieldset className="settings feature-settings">
          <legend className="visually-hidden">{label}</legend>
          {Object.entries(settings).map(([name, one]) => (
            <LiveScalar
              key={name}
              name={name}
              setting={one}
              value={inside[name]}
              change={(changed) => change({ ...inside, ...changed })}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
