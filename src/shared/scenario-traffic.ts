// The traffic in a scenario file: a list that names clients, which a scenario has in the clients themselves.
import * as v from 'valibot'
import { protocolId } from './fields'
import { issuePath, type JsonPath, repeated } from './json-path'
import type { Scenario } from './scenario'
import { saved, scenarioFields, settled } from './settings/derive'
import { TRAFFIC } from './settings/features/traffic'
import { OFF } from './settings/setting'

type Clients = Pick<Scenario, 'clients'>

const items = v.array(v.strictObject({ client: protocolId, ...scenarioFields(TRAFFIC.settings) }))

export const fileTraffic = v.exactOptional(items)

interface InFile extends Clients {
  traffic?: v.InferOutput<typeof items>
}

/** Checks that each item is about a client of the file, and the only one about it. */
export const trafficFits = <T extends InFile>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { clients, traffic = [] } = dataset.value
    const names = traffic.map(({ client }) => client)
    const tell = (index: number, message: string) => {
      const path: JsonPath = ['traffic', index, 'client']
      addIssue({ message, path: issuePath(dataset.value, path) })
    }
    for (const [index, first] of repeated(names)) {
      tell(index, `The client is that of traffic[${first}] too.`)
    }
    for (const [index, name] of names.entries()) {
      const client = clients.find(({ id }) => id === name)
      if (client === undefined) tell(index, 'There is no client with this id among the clients.')
      else if ((client.traffic ?? OFF) !== OFF) tell(index, 'The client has “traffic” already.')
    }
  })

/** A file's contents with the traffic at the clients. */
export function withTraffic<T extends InFile>({ traffic = [], ...file }: T) {
  const found = new Map(traffic.map(({ client, ...values }) => [client, values]))
  const clients = file.clients.map((client) => {
    const values = found.get(client.id)
    return values ? { ...client, traffic: settled(TRAFFIC.settings, values) } : client
  })
  return { ...file, clients }
}

/** A scenario with the traffic in a list, as a file has it. */
export function writtenTraffic<T extends Clients>(scenario: T) {
  const traffic = scenario.clients.flatMap(({ id, traffic = OFF }) =>
    traffic === OFF ? [] : [{ client: id, ...saved(TRAFFIC.settings, traffic) }],
  )
  const clients = scenario.clients.map(({ traffic: _traffic, ...client }) => client)
  return { ...scenario, clients, traffic }
}
