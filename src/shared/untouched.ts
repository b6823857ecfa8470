// Whether a lab is still as it began.
import type { Scenario } from './scenario'
import { scenarioOf } from './scenario-file'
import { CLIENT_SETTINGS } from './settings/client'
import { saved } from './settings/derive'
import { SERVER_SETTINGS } from './settings/server'
import type { State } from './state/state'

/** Whether the nodes are those of the scenario that the lab began with, at its places, and no message was sent. */
export function isUntouched(state: State, scenario: Scenario): boolean {
  if (state.scenario !== scenario.name || state.totals.exchanges.begun > 0) return false
  const { contents, outside } = scenarioOf(state)
  return outside === 0 && nodesIn(contents) === nodesIn(scenario)
}

function nodesIn({
  servers,
  clients,
  places = [],
}: Pick<Scenario, 'servers' | 'clients' | 'places'>): string {
  return JSON.stringify([
    places.map(({ node, x, y }) => `${x} ${y} ${node}`).sort(),
    servers.map(({ id, policy, ...rest }) => [id, policy, saved(SERVER_SETTINGS, rest)]),
    clients.map(({ id, policy, ...rest }) => [id, policy, saved(CLIENT_SETTINGS, rest)]),
  ])
}
