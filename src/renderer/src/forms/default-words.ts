// The default of a setting, and whose it is, in a line that forms show.
import { formatDuration } from '../../../shared/format'
import type { ScalarSetting } from '../../../shared/settings/setting'

/** `Default 10 s: nginx’s fail_timeout`; empty where the default is nobody's but the lab's. */
export function defaultWords(setting: ScalarSetting): string {
  const { whose, default: value } = setting
  if (whose === '' || value === null) return ''
  switch (setting.kind) {
    case 'flag':
      return `${value === true ? 'On' : 'Off'} by default: ${whose}`
    case 'number':
      return `Default ${setting.unit === 'ms' ? formatDuration(Number(value)) : setting.say(value)}: ${whose}`
    case 'choice':
      return `Default “${setting.say(value)}”: ${whose}`
    case 'text':
      return `Default ${setting.say(value)}: ${whose}`
  }
}
