// What a group of settings says while it is closed: what is in use.
import type { Settings } from '../../../shared/settings/derive'
import { OFF } from '../../../shared/settings/setting'

/** `queue`, `passive health checks, panic threshold 50 %`; `off` where everything has its default. */
export function groupWords(settings: Settings, values: object): string {
  const used = Object.entries(settings).flatMap(([name, setting]) => {
    const value: unknown = Reflect.get(values, name)
    if (setting.kind === 'feature') return value === OFF ? [] : [setting.label.toLowerCase()]
    const isScalar = typeof value === 'string' || typeof value === 'number'
    if (!isScalar || (value === setting.default && name !== 'algorithm')) return []
    if (setting.kind === 'choice') return [setting.say(value)]
    return [`${setting.label.toLowerCase()} ${setting.say(value)}`]
  })
  return used.length === 0 ? 'off' : used.join(', ')
}
