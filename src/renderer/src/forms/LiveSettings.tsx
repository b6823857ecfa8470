// Settings that are changed where they are shown, each at once.
import type { Settings } from '../../../shared/settings/derive'
import type { SendChange } from './entered'
import { LiveFeature } from './LiveFeature'
import { LiveScalar } from './LiveScalar'

interface LiveSettingsProps {
  settings: Settings
  /** The present values, by the settings' names. */
  values: object
  change: SendChange<Readonly<Record<string, unknown>>>
}

export function LiveSettings({ settings, values, change }: LiveSettingsProps) {
  return Object.entries(settings).map(([name, setting]) => {
    const value: unknown = Reflect.get(values, name)
    return setting.kind === 'feature' ? (
      <LiveFeature
        key={name}
        setting={setting}
        value={value}
        change={(changed) => change({ [name]: changed })}
      />
    ) : (
      <LiveScalar key={name} name={name} setting={setting} value={value} change={change} />
    )
  })
}
