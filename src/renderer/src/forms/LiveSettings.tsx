// Settings that are changed where they are shown: a choice or a check box at once, and what is typed when the person leaves
// the field or presses Enter.
import { useState } from 'react'
import type { Settings } from '../../../shared/settings/derive'
import type { Setting } from '../../../shared/settings/setting'
import { SettingField } from './SettingField'
import { draftOf, valuesOf } from './setting-values'

interface LiveSettingsProps {
  settings: Settings
  /** The present values, by the settings' names. */
  values: object
  change(values: Readonly<Record<string, unknown>>): void
}

export function LiveSettings({ settings, values, change }: LiveSettingsProps) {
  const shown = draftOf(settings, values)
  return Object.entries(settings).map(([name, setting]) => (
    <LiveSetting
      key={name}
      setting={setting}
      value={shown[name] ?? ''}
      change={(value) => change(valuesOf({ [name]: setting }, { [name]: value }))}
    />
  ))
}

interface LiveSettingProps {
  setting: Setting
  value: string | boolean
  change(value: string | boolean): void
}

function LiveSetting({ setting, value, change }: LiveSettingProps) {
  const [typed, setTyped] = useState<string | boolean | undefined>(undefined)
  const isTyped = setting.kind === 'text' || setting.kind === 'number'
  const commit = () => {
    if (typed !== undefined && typed !== value) change(typed)
    setTyped(undefined)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside has the focus
    <div
      onBlur={commit}
      onKeyDown={(event) => {
        if (!isTyped) return
        // Keys typed here are text, not shortcuts.
        event.stopPropagation()
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setTyped(undefined)
      }}
    >
      <SettingField
        setting={setting}
        value={typed ?? value}
        error={undefined}
        onChange={isTyped ? setTyped : change}
      />
    </div>
  )
}
