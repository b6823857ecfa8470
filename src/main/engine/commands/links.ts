// Commands about the links between nodes.
import { areSame, given, known } from '../../../shared/settings/derive'
import { LINK_SETTINGS, type LinkValues } from '../../../shared/settings/link'
import type { Lab } from '../lab'
import { changeLabel } from './labels'
import type { Rows } from './row'

export const LINK_COMMANDS: Rows<'updateLinks'> = {
  updateLinks: {
    carryOut: ({ lab }, asked) => configureLinks(lab, given(LINK_SETTINGS, asked)),
    inverse: (_, { before, after }) =>
      areSame(LINK_SETTINGS, before, after)
        ? []
        : [{ type: 'updateLinks', ...known(LINK_SETTINGS, before) }],
    label: (_, { before, after }) => changeLabel(LINK_SETTINGS, before, after, { of: 'the links' }),
  },
}

/** For packets that are sent from now on. */
export function configureLinks(lab: Lab, changed: Partial<LinkValues>): void {
  lab.links = { ...lab.links, ...changed }
  lab.journal.emit({ type: 'links.changed', ...lab.links })
}
