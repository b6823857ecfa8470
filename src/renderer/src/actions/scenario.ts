// Starts the lab again with a scenario, and asks first if anything was done in the lab.
import { CLASSIC_POOL, type Scenario } from '../../../shared/scenario'
import { isUntouched } from '../../../shared/untouched'
import { useUi } from '../choices/ui'
import { execute, useLab } from '../lab/lab'
import { pastView, usePast } from '../past/past'
import { scenarioName, titled } from '../ui/names'
import { refused } from './refusal'
import { noteChange } from './undo'

/** The scenario that this screen started last. */
let begun: Scenario = CLASSIC_POOL

/** The scenario that the dialog asks about, and the notice to show when it has been opened. */
let asked: { readonly about: Scenario; readonly notice: string | undefined } | undefined

/**
 * Returns to live, and starts the scenario or asks whether to. `notice`: what its file has and is left out, or what to
 * look at; said once it is opened.
 */
export async function offerScenario(scenario: Scenario, notice?: string): Promise<void> {
  if (usePast.getState().view !== 'now') pastView().backToNow()
  if (refused()) return
  const { live } = useLab.getState()
  const untouched = [begun, CLASSIC_POOL].some((known) => isUntouched(live, known))
  if (untouched) return beginScenario(scenario, notice)
  asked = { about: scenario, notice }
  useUi.getState().askAnew(scenario)
}

/** Called when the person answers yes. */
export function beginAsked(scenario: Scenario): Promise<void> {
  return beginScenario(scenario, asked?.about === scenario ? asked.notice : undefined)
}

/** Starts the scenario; a notice says what failed. */
async function beginScenario(scenario: Scenario, notice?: string): Promise<void> {
  const result = await execute({ type: 'openScenario', scenario })
  const { notify, select } = useUi.getState()
  if (!result.ok) return notify('error', result.error)
  const opened = `${titled(scenarioName(scenario.name))} opened.`
  noteChange(notice === undefined ? opened : `${opened} ${notice}`, result)
  begun = scenario
  select(null)
}
