// The code of a class, which a person reads from the wall and types, and the guesses of those who do not know it.
import { randomInt } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { WRONG_CODES, WRONG_CODES_OF_ADDRESS } from '../../shared/limits'
import { TokenBucket } from '../token-bucket'
import { isToken } from '../web/access'

/** Without 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V. */
const LETTERS = '34679ACDEFGHJKMNPQRTWXY'
const LENGTH = 6
/** Addresses whose guesses are counted one by one; beyond it the oldest are forgotten. */
const MAX_ADDRESSES = 5_000

/** 148 million codes. */
export function newCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** A code as it was meant: case, spaces and dashes do not count. */
export function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '')
}

/** Wrong codes are limited for each address and for all of them together; right ones are not counted. */
export class Guesses {
  private readonly all: TokenBucket
  private readonly byAddress = new Map<string, TokenBucket>()

  constructor(
    private readonly code: string,
    private readonly now?: () => number,
  ) {
    this.all = new TokenBucket(WRONG_CODES, now)
  }

  /** `tooMany`: it was not looked at. */
  check(typed: string, address: string): 'right' | 'wrong' | 'tooMany' {
    const own = this.bucketOf(sourceOf(address))
    if (own.isEmpty() || this.all.isEmpty()) return 'tooMany'
    if (isToken(plainCode(typed), this.code)) return 'right'
    own.take()
    this.all.take()
    return 'wrong'
  }

  private bucketOf(source: string): TokenBucket {
    const bucket = this.byAddress.get(source) ?? new TokenBucket(WRONG_CODES_OF_ADDRESS, this.now)
    // In the order of the last guess.
    this.byAddress.delete(source)
    this.byAddress.set(source, bucket)
    const [oldest] = this.byAddress.keys()
    if (this.byAddress.size > MAX_ADDRESSES && oldest !== undefined) this.byAddress.delete(oldest)
    return bucket
  }
}

/** One machine has a whole network of IPv6 addresses: its first 64 bits count. */
function sourceOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0')].slice(0, 4).join(':')
}
