// All settings, by what they belong to.
import type { Node } from '../events'
import type { Role } from '../ids'
import { CLIENT_SETTINGS } from './client'
import { changeable, forOutside, type Settings } from './derive'
import { LINK_SETTINGS } from './link'
import { POOL_SETTINGS } from './pool'
import { SERVER_SETTINGS } from './server'
import type { ScalarSettings } from './setting'

export const SETTINGS = {
  server: SERVER_SETTINGS,
  client: CLIENT_SETTINGS,
  link: LINK_SETTINGS,
  pool: POOL_SETTINGS,
} satisfies Record<string, Settings>

/** The settings of a node of this role. */
export function settingsOfRole(role: Role): Settings {
  switch (role) {
    case 'server':
      return SERVER_SETTINGS
    case 'client':
      return CLIENT_SETTINGS
    case 'proxy':
    case 'unknown':
      return {}
  }
}

/** The settings of a node that a person can change, features among them. */
export function editableSettings({ role, origin }: Pick<Node, 'role' | 'origin'>): Settings {
  const settings = changeable(settingsOfRole(role))
  return origin === 'outside' ? forOutside(settings) : settings
}

/** Those that have no settings inside, which a form of the node has. */
export function scalarsIn(settings: Settings): ScalarSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, one]) =>
      one.kind === 'feature' ? [] : [[name, one]],
    ),
  )
}
