// The settings of pools, by policy: how the proxy chooses a server. A change takes effect at once.
import { algorithmWay } from '../../../shared/decision/ways'
import { counted } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import { poolIn } from '../../../shared/state/pool'
import type { State, PoolSettings as Values } from '../../../shared/state/state'
import { setPool } from '../actions/pools'
import { SettingsGroups } from '../forms'
import { policySwatch } from '../ui/theme/policy'
import './pool-settings.css'

/** How many pools the proxy's list has; the settings of any other pool are shown with its servers. */
const MOST_POOLS = 20

interface PoolSettingsProps {
  policies: readonly ProtocolId[]
  state: State
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
  /** Whether the title above says the policy already. */
  isTitled?: boolean
}

export function PoolSettings({ policies, state, refusal, isTitled = false }: PoolSettingsProps) {
  const left = policies.length - MOST_POOLS
  return (
    <>
      {policies.slice(0, MOST_POOLS).map((policy) => (
        <fieldset key={policy} className="settings pool-settings" title={refusal}>
          <legend className={isTitled ? 'visually-hidden' : undefined}>
            <span className="swatch" style={{ background: policySwatch(state, policy) }} />
            Pool of policy {policy}
          </legend>
          <SettingsGroups
            pool={poolIn(state, policy)}
            change={(values) => setPool(policy, values)}
            refusal={refusal}
            way={<Way algorithm={poolIn(state, policy).algorithm} />}
          />
        </fieldset>
      ))}
      {left > 0 && (
        <p className="muted">
          {counted(left, 'more policy', 'more policies')}: select a server of one to change it.
        </p>
      )}
    </>
  )
}

/** Whose way the algorithm is, and its name in scenario files. */
function Way({ algorithm }: Pick<Values, 'algorithm'>) {
  const way = algorithmWay(algorithm)
  if (way === undefined) return null
  return (
    <p className="pool-way muted">
      {way.sentence} In files: <code>{algorithm}</code>
    </p>
  )
}
