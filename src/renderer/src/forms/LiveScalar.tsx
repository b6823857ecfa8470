// A setting with one value, changed where it is shown: a choice or a check box at once, and what is typed when the person
// leaves the field or presses Enter.
import { useState } from 'react'
import type { ScalarSetting } from '../../../shared/settings/setting'
import { SettingField } from './SettingField'
import { draftOf, valuesOf } from './setting-values'

interface LiveScalarProps {
  name: string
  setting: ScalarSetting
  value: unknown
  change(values: Readonly<Record<string, unknown>>): void
}

export function LiveScalar({ name, setting, value, change }: LiveScalarProps) {
  const settings = { [name]: setting }
  return (
    <LiveField
      setting={setting}
      value={draftOf(settings, { [name]: value })[name] ?? ''}
      change={(entered) => change(valuesOf(settings, { [name]: entered }))}
    />
  )
}

interface LiveFieldProps {
  setting: ScalarSetting
  value: string | boolean
  change(value: string | boolean): void
}

function LiveField({ setting, value, change }: LiveFieldProps) {
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
