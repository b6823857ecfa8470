// Requests a comparison of the present lab.
import { errorText } from '../../../shared/error-text'
import { scenarioOf } from '../../../shared/scenario-file'
import { ofPresentServers, savedCompare } from '../../../shared/scenario-pools'
import { execute, useLab } from '../lab/lab'
import { usePast, withProgress } from '../past/past'
import { arrivalsInRecording } from './arrivals'
import { problemIn } from './draft'
import { refuseToCompare, startComparing } from './run'
import { type CompareSettings, settingsKey } from './settings-key'

/** Saves the compared pools in the lab's scenario, and starts the comparison. */
export async function askToCompare(settings: CompareSettings): Promise<void> {
  const { draft, seconds, source } = settings
  const forMs = seconds * 1000
  const { live, state } = useLab.getState()
  const key = settingsKey(scenarioOf(live).contents, settings)
  const asked = { settings, key, lab: live.scenario }
  // The messages of a recording are sent through the lab that the recording shows.
  const isLive = source === 'traffic' || usePast.getState().view === 'now'
  const lab = isLive ? live : state
  const { contents } = scenarioOf(lab)
  const problem = problemIn(draft, contents, source === 'recording')
  if (problem !== undefined) return refuseToCompare(problem)
  const named = draft.map((entry) => ({ ...entry, name: entry.name.trim() }))
  const compare = ofPresentServers(named, contents.servers)
  if (isLive && JSON.stringify(compare) !== JSON.stringify(savedCompare(live.compare))) {
    const result = await execute({ type: 'updateCompare', compare })
    if (!result.ok) return refuseToCompare(result.error)
  }
  const scenario = { ...contents, name: lab.scenario ?? 'Lab', compare }
  if (source === 'traffic') {
    return startComparing(
      { scenario, forMs },
      'The messages are those of the clients’ traffic.',
      asked,
    )
  }
  try {
    const arrivals = await withProgress('Reading the recording', (work) =>
      arrivalsInRecording(lab, work),
    )
    if (arrivals === undefined) return
    startComparing(
      {
        scenario: { ...scenario, clients: arrivals.clients(scenario.clients) },
        forMs,
        arrivals: arrivals.sent,
      },
      'The messages are those of a recording, in the scenario that was shown, each sent at its time.',
      asked,
    )
  } catch (error) {
    refuseToCompare(errorText(error))
  }
}
