// Rate limits for each address from which viewers come.
import { isIPv6 } from 'node:net'
import { type Rate, TokenBucket } from '../token-bucket'

/** Addresses that are counted one by one; beyond it the oldest are forgotten. */
const MAX_ADDRESSES = 5_000

export class AddressBuckets {
  /** In the order of their last use. */
  private readonly bySource = new Map<string, TokenBucket>()

  /** `host`: the address at which the class is. `now`: the clock, in milliseconds. */
  constructor(
    private readonly rate: Rate,
    private readonly host: string,
    private readonly now?: () => number,
  ) {}

  of(address: string): TokenBucket {
    const source = sourceOf(address, this.host)
    const bucket = this.bySource.get(source) ?? new TokenBucket(this.rate, this.now)
    this.bySource.delete(source)
    this.bySource.set(source, bucket)
    const [oldest] = this.bySource.keys()
    if (this.bySource.size > MAX_ADDRESSES && oldest !== undefined) this.bySource.delete(oldest)
    return bucket
  }
}

/**
 * One machine has a whole network of IPv6 addresses: its first 64 bits count. In the host's own network, where the class
 * is, each address counts.
 */
function sourceOf(address: string, host: string): string {
  const network = networkOf(address)
  return network === undefined || network === networkOf(host) ? address : network
}

/** Undefined: it is an IPv4 address. */
function networkOf(address: string): string | undefined {
  if (!isIPv6(address) || address.includes('.')) return undefined
  const [head = '', tail = ''] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0')].slice(0, 4).join(':')
}
