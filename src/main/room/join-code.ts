// The code of a class, which a person reads from the wall and types, and the guesses of those who do not know it.
import { randomInt } from 'node:crypto'
import { WRONG_CODES, WRONG_CODES_OF_ADDRESS } from '../../shared/limits'
import { TokenBucket } from '../token-bucket'
import { isToken } from '../web/access'
import { AddressBuckets } from './address-buckets'

/** Without 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V. */
const LETTERS = '34679ACDEFGHJKMNPQRTWXY'
const LENGTH = 6

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
  private readonly byAddress: AddressBuckets

  /** `host`: the address at which the class is. */
  constructor(
    private readonly code: string,
    host: string,
    now?: () => number,
  ) {
    this.all = new TokenBucket(WRONG_CODES, now)
    this.byAddress = new AddressBuckets(WRONG_CODES_OF_ADDRESS, host, now)
  }

  /** `tooMany`: it was not looked at. */
  check(typed: string, address: string): 'right' | 'wrong' | 'tooMany' {
    const own = this.byAddress.of(address)
    if (own.isEmpty() || this.all.isEmpty()) return 'tooMany'
    if (isToken(plainCode(typed), this.code)) return 'right'
    own.take()
    this.all.take()
    return 'wrong'
  }
}
