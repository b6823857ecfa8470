// At which addresses other machines reach what listens here.
import { networkInterfaces } from 'node:os'
import { hostAndPort } from '../../../shared/addresses'

/** `host`: what it listens on; 0.0.0.0 and :: are every address of this machine. */
export function reachedAt(host: string, port: number): string {
  const own = isEvery(host) ? ownAddresses(host === '::') : []
  const addresses = own.length > 0 ? own : [host]
  return addresses.map((address) => hostAndPort(address, port)).join(', ')
}

const isEvery = (host: string) => host === '0.0.0.0' || host === '::'

function ownAddresses(isSix: boolean): string[] {
  return Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .filter(({ internal, family }) => !internal && (isSix || family === 'IPv4'))
    .map(({ address, scopeid = 0 }) => (scopeid === 0 ? address : ''))
    .filter((address) => address !== '')
}
