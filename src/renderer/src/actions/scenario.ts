// Starts the lab again with a scenario, and asks first if anything was done in the lab.
import { CLASSIC_POOL, type Scenario } from '../../../shared/scenario'
import { isUntouched } from '../../../shared/untouched'
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
