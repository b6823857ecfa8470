// Beginning anew with a scenario. Where something has been done in the lab, the person is asked first.
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

/** What this screen let the lab begin with last. */
let begun: Scenario = CLASSIC_POOL

/** Leaves what is looked at, the past or a recording, and begins with it, or asks whether to. */
export async function offerScenario(scenario: Scenario): Promise<void> {
  if (usePast.getState().view !== 'now') pastView().backToNow()
  if (refused()) return
  const { live } = useLab.getState()
  const untouched = [begun, CLASSIC_POOL].some((known) => isUntouched(live, known))
  if (untouched) await beginScenario(scenario)
  else useUi.getState().askAnew(scenario)
}

/** What could not be made is said in a notice. */
export async function beginScenario(scenario: Scenario): Promise<void> {
  const result = await execute({ type: 'openScenario', scenario })
  const { notify, select } = useUi.getState()
  if (!result.ok) return notify('error', result.error)
  begun = scenario
  select(null)
}

/** Whether nothing is there but what it began with, and nobody has sent anything. */
export function isUntouched(live: State, scenario: Scenario): boolean {
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
