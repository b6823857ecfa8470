// Starts the lab again with a scenario, and asks first if anything was done in the lab.
import { CLASSIC_POOL, type Scenario } from '../../../shared/scenario'
import { scenarioOf } from '../../../shared/scenario-file'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import { saved } from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { execute, useLab } from '../lab/lab'
import { pastView, usePast } from '../past/past'
import { refused } from './refusal'

/** The scenario that this screen started last. */
let begun: Scenario = CLASSIC_POOL

/** Returns to live, and starts the scenario or asks whether to. */
export async function offerScenario(scenario: Scenario): Promise<void> {
  if (usePast.getState().view !== 'now') pastView().backToNow()
  if (refused()) return
  const { live } = useLab.getState()
  const untouched = [begun, CLASSIC_POOL].some((known) => isUntouched(live, known))
  if (untouched) await beginScenario(scenario)
  else useUi.getState().askAnew(scenario)
}

/** Starts the scenario; a notice says what failed. */
export async function beginScenario(scenario: Scenario): Promise<void> {
  const result = await execute({ type: 'openScenario', scenario })
  const { notify, select } = useUi.getState()
  if (!result.ok) return notify('error', result.error)
  begun = scenario
  select(null)
}

/** Whether the lab is unchanged since the scenario was started, and no message was sent. */
function isUntouched(live: State, scenario: Scenario): boolean {
  if (live.scenario !== scenario.name || live.totals.exchanges.begun > 0) return false
  const { contents, outside } = scenarioOf(live)
  return outside === 0 && nodesIn(contents) === nodesIn(scenario)
}

function nodesIn({ servers, clients }: Pick<Scenario, 'servers' | 'clients'>): string {
  return JSON.stringify([
    servers.map(({ id, policy, ...rest }) => [id, policy, saved(SERVER_SETTINGS, rest)]),
    clients.map(({ id, policy, ...rest }) => [id, policy, saved(CLIENT_SETTINGS, rest)]),
  ])
}
