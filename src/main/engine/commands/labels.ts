// Names for the labels of changes.
import type { Node } from '../../../shared/events'
import { shortened } from '../../../shared/format'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { differing, type Settings, type ValuesOf } from '../../../shared/settings/derive'
import { withVisibleControls } from '../../../shared/visible-controls'

const MOST_CHARS = 40

/** `server 300`, `outside server 7`. */
export function nameOf({ origin, role, protocolId = '' }: Node): string {
  return `${origin === 'outside' ? 'outside ' : ''}${role} ${quoted(protocolId)}`
}

/** The names of the settings that have changed: `the latency`; of a check box, whose name is a sentence, `a setting`. */
export function changedSettings(settings: Settings, before: object, after: object): string[] {
  const changed = differing(settings, before as ValuesOf<Settings>, after as ValuesOf<Settings>)
  return Object.keys(changed).map((name) => {
    const setting = settings[name]
    return setting === undefined || setting.kind === 'flag'
      ? 'a setting'
      : `the ${setting.label.toLowerCase()}`
  })
}

export function oneOrAll(names: readonly string[]): string {
  const [only = 'a setting'] = names
  return names.length > 1 ? 'settings' : only
}

export function quotedScenario(name: string): string {
  return name === CLASSIC_POOL.name ? 'the classic pool' : `“${quoted(name)}”`
}

/** A person's text, not too long for a menu. */
export function quoted(text: string): string {
  return shortened(withVisibleControls(text), MOST_CHARS)
}
