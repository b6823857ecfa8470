// A setting with one value, changed where it is shown: a choice or a check box at once, and what is typed when the person
// leaves the field or presses Enter.
import type { ReactNode } from 'react'
import type { ScalarSetting } from '../../../shared/settings/setting'
import { type SendChange, useEntered } from './entered'
import { SettingField } from './SettingField'
import { draftOf, valuesOf } from './setting-values'

interface LiveScalarProps {
  name: string
  setting: ScalarSetting
  value: unknown
  change: SendChange<Readonly<Record<string, unknown>>>
}

export function LiveScalar({ name, setting, value, change }: LiveScalarProps) {
  const settings = { [name]: setting }
  const { shown, error, enter, commit, revert } = useEntered(
    draftOf(settings, { [name]: value })[name] ?? '',
    (entered) => change(valuesOf(settings, { [name]: entered })),
  )
  const isTyped = setting.kind === 'text' || setting.kind === 'number'
  const field = (
    <SettingField
      setting={setting}
      value={shown}
      error={error}
      onChange={isTyped ? enter : commit}
    />
  )
  return isTyped ? (
    <TypedAtOnce commit={commit} revert={revert}>
      {field}
    </TypedAtOnce>
  ) : (
    field
  )
}

interface TypedAtOnceProps {
  commit(): void
  revert(): void
  children: ReactNode
}

/** What is typed inside takes effect with Enter or when the field is left; Escape takes it back. */
export function TypedAtOnce({ commit, revert, children }: TypedAtOnceProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside has the focus
    <div
      onBlur={() => commit()}
      onKeyDown={(event) => {
        // Keys typed here are text, not shortcuts.
        event.stopPropagation()
        if (event.key === 'Enter') {
          // It takes the value alone, and does not send a form around the field.
          event.preventDefault()
          commit()
        }
        if (event.key === 'Escape') revert()
      }}
    >
      {children}
    </div>
  )
}
