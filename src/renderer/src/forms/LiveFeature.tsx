// A feature: a check box that switches it on, with its defaults, and below it the settings inside.
import { isObject } from '../../../shared/feed/field'
import { type FeatureSetting, OFF } from '../../../shared/settings/setting'
import { LiveScalar } from './LiveScalar'

interface LiveFeatureProps {
  setting: FeatureSetting
  /** Off, or the value of each setting inside. */
  value: unknown
  change(value: unknown): void
}

export function LiveFeature({ setting, value, change }: LiveFeatureProps) {
  const { label, help, settings } = setting
  const inside = isObject(value) ? value : undefined
  return (
    <div className="field-feature">
      <label className="field-check" title={help}>
        <input
          type="checkbox"
          checked={inside !== undefined}
          aria-description={help}
          onChange={(event) => change(event.target.checked ? {} : OFF)}
        />
        {label}
      </label>
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
