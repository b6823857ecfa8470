// Options that say where something listens or is: `2100`, `192.168.1.5:2100`, `[fe80::1]:2100`.
import { isIP } from 'node:net'
import { DEFAULT_HOST } from '../../shared/limits'
import { type Option, reading } from '../options/option'

export interface HostAndPort {
  readonly host: string
  readonly port: number
}

const MAX_PORT = 65_535

/** A port alone is on this machine. */
export function endpointOption(help: string): Option<HostAndPort | undefined> {
  const needs = 'a port, or HOST:PORT ([…]:PORT for IPv6)'
  return reading({ value: 'PORT', help, needs }, endpointIn)
}

/** An address of this machine, without a port. */
export function addressOption(help: string): Option<string | undefined> {
  const needs = 'an address of this machine, such as 192.168.1.5, 0.0.0.0 or ::'
  return reading({ value: 'ADDRESS', help, needs }, (text) => (isIP(text) > 0 ? text : undefined))
}

function endpointIn(text: string): HostAndPort | undefined {
  const [, bracketed, host = bracketed ?? DEFAULT_HOST, digits = ''] =
    /^(?:\[([\da-fA-F:.]+(?:%\w+)?)\]:|([^:[\]\s]+):)?(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  return digits === '' || port > MAX_PORT ? undefined : { host, port }
}
