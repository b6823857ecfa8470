// The settings of pools: how the proxy chooses a server for each policy.
import { useId } from 'react'
import { counted } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { poolIn } from '../../../shared/state/pool'
import type { State } from '../../../shared/state/state'
import { run } from '../actions/actions'
import { policyVariable } from '../ui/theme/policy'

const { algorithm: ALGORITHM } = POOL_SETTINGS
/** More pools than this are changed at one of their servers. */
const MOST_POOLS = 20

interface PoolSettingsProps {
  policies: readonly ProtocolId[]
  state: State
  /** Why nothing can be changed now, if so. */
  refusal: string | undefined
}

export function PoolSettings({ policies, state, refusal }: PoolSettingsProps) {
  if (policies.length === 0) return null
  const left = policies.length - MOST_POOLS
  return (
    <section>
      <h3 title={ALGORITHM.help}>{ALGORITHM.label}</h3>
      <fieldset className="settings" disabled={refusal !== undefined} title={refusal}>
        <legend className="visually-hidden">{ALGORITHM.help}</legend>
        {policies.slice(0, MOST_POOLS).map((policy) => (
          <AlgorithmChoice key={policy} policy={policy} state={state} />
        ))}
      </fieldset>
      {left > 0 && (
        <p className="muted">
          {counted(left, 'more policy', 'more policies')}: select a server of one to change it.
        </p>
      )}
    </section>
  )
}

function AlgorithmChoice({ policy, state }: { policy: ProtocolId; state: State }) {
  const id = useId()
  const { algorithm } = poolIn(state, policy)
  return (
    <div className="pool-setting">
      <label htmlFor={id}>
        <span className="swatch" style={{ background: policyVariable(state, policy) }} />
        Policy {policy}
      </label>
      <select
        id={id}
        value={algorithm}
        onChange={({ target }) => {
          const chosen = ALGORITHM.options.find(({ value }) => value === target.value)
          if (chosen) void run({ type: 'updatePool', policy, algorithm: chosen.value })
        }}
      >
        {ALGORITHM.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
