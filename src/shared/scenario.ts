// What a lab begins with. The classic pool is built in; others come from files (scenario-file.ts).
import type { NodePlace } from './events'
import type { ProtocolId } from './ids'
import type { CLIENT_SETTINGS } from './settings/client'
import type { InScenarioOf } from './settings/derive'
import type { FAULT_SETTINGS } from './settings/fault'
import type { LINK_SETTINGS } from './settings/link'
import type { POOL_SETTINGS } from './settings/pool'
import type { COMPARED_SERVER_SETTINGS, SERVER_SETTINGS } from './settings/server'

interface Named {
  id: ProtocolId
  policy: ProtocolId
}

/** Link settings and the speed stay as they are where they are left out. */
export interface Scenario extends InScenarioOf<typeof LINK_SETTINGS> {
  name: string
  speed?: number
  /** Time stands still until somebody resumes it. */
  paused?: boolean
  /** Names all chance in the lab: the same scenario with the same seed makes the same choices. Left out: 1. */
  seed?: number
  /** Settings of policies' pools, where they are not the default ones. */
  pools?: readonly ScenarioPool[]
  /** In the order in which they register, which is that of their turns. */
  servers: readonly (Named & InScenarioOf<typeof SERVER_SETTINGS>)[]
  clients: readonly (Named & InScenarioOf<typeof CLIENT_SETTINGS>)[]
  /** Where nodes are on the graph; all others are in the tidy layout. */
  places?: readonly NodePlace[]
  /** Set before anybody registers. */
  breakpoints?: readonly { filter: string; once?: boolean; enabled?: boolean }[]
  /** The faults of links, in the order in which bytes meet them. They are set before servers register. */
  faults?: readonly ({ link: string } & InScenarioOf<typeof FAULT_SETTINGS>)[]
  /** The same arrivals under each of these can be compared: they replace settings of their policies and servers. */
  compare?: readonly ComparedPools[]
}

type ScenarioPool = { policy: ProtocolId } & InScenarioOf<typeof POOL_SETTINGS>

export interface ComparedPools {
  name: string
  pools: readonly ScenarioPool[]
  /** Servers of the scenario that have another weight or limit there. */
  servers?: readonly ({ id: ProtocolId } & InScenarioOf<typeof COMPARED_SERVER_SETTINGS>)[]
}

export const CLASSIC_POOL: Scenario = {
  name: 'Classic pool',
  servers: [
    { id: '100', policy: '111' },
    { id: '200', policy: '222' },
    { id: '300', policy: '111' },
    { id: '400', policy: '222' },
  ],
  clients: [
    { id: '1', policy: '111', payload: 'xyz1' },
    { id: '2', policy: '111', payload: 'xyz2' },
    { id: '3', policy: '222', payload: 'xyz3' },
    { id: '4', policy: '111', payload: 'xyz4' },
    { id: '5', policy: '222', payload: 'xyz5' },
    { id: '6', policy: '222', payload: 'xyz6' },
  ],
}

export const EMPTY_POOL: Scenario = { name: 'Empty', servers: [], clients: [] }
