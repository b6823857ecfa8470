// Names for the labels of changes.
import type { Node } from '../../../shared/events'
import { isObject } from '../../../shared/feed/field'
import { shortened } from '../../../shared/format'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { differing, type Settings, type ValuesOf } from '../../../shared/settings/derive'
import type { FeatureSetting } from '../../../shared/settings/setting'
import { withVisibleControls } from '../../../shared/visible-controls'

const MOST_CHARS = 40

/** `server 300`, `outside server 7`. */
export function nameOf({ origin, role, protocolId = '' }: Node): string {
  return `${origin === 'outside' ? 'outside ' : ''}${role} ${quoted(protocolId)}`
}

/**
 * What a person did to the settings: `change the latency of the links`, `switch on the queue of policy 111`, `drain
 * server 300`. `others`: what else has changed.
 */
export function changeLabel(
  settings: Settings,
  before: object,
  after: object,
  { of, others = [] }: { of: string; others?: readonly string[] },
): string {
  const changed = differing(settings, before as ValuesOf<Settings>, after as ValuesOf<Settings>)
  const [name = '', ...more] = Object.keys(changed)
  const setting = settings[name]
  if (setting === undefined) return `change ${oneOrAll(others)} of ${of}`
  if (more.length > 0 || others.length > 0) return `change settings of ${of}`
  const value: unknown = Reflect.get(after, name)
  if (setting.kind === 'feature') return featureLabel(setting, changed[name], value, of)
  if (setting.kind !== 'flag') return `change the ${setting.label.toLowerCase()} of ${of}`
  const deed = setting.deeds?.[value === true ? 0 : 1]
  return deed === undefined ? `change a setting of ${of}` : deed.replace('*', () => of)
}

function featureLabel(feature: FeatureSetting, before: unknown, after: unknown, of: string) {
  const name = feature.label.toLowerCase()
  if (!isObject(after)) return `switch off the ${name} of ${of}`
  if (!isObject(before)) return `switch on the ${name} of ${of}`
  const inside = Object.entries(feature.settings).filter(([one]) => before[one] !== after[one])
  const [only] = inside
  const what = only && inside.length === 1 ? `the ${only[1].label.toLowerCase()} in ` : ''
  return `change ${what}the ${name} of ${of}`
}

function oneOrAll(names: readonly string[]): string {
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
