// Options that several of the programs have.
import { policyId, protocolId } from '../../../shared/fields'
import { DEFAULT_HOST, DEFAULT_PROXY_PORT, MAX_SEED } from '../../../shared/limits'
import { flagOption, numberOption } from '../../options/option'
import { schemaOption } from '../../options/schema-option'
import { endpointOption, type HostAndPort } from '../endpoint-option'

export const ID = schemaOption(protocolId, { value: 'ID', help: 'its id' })

export const policyOption = (help: string) => schemaOption(policyId, { value: 'POLICY', help })

export const REVPROC = {
  ...endpointOption(`where the proxy is: PORT or HOST:PORT (${DEFAULT_PROXY_PORT})`),
  value: 'HOST:PORT',
}

export const DEFAULT_REVPROC: HostAndPort = { host: DEFAULT_HOST, port: DEFAULT_PROXY_PORT }

export const SEED = numberOption({
  value: 'N',
  what: 'a seed',
  max: MAX_SEED,
  help: 'the seed of all chance',
})

export const JSON_EVENTS = flagOption('print a line of JSON for each event')
