// The key in the address that the browser is started with. Every account of a machine can read the command lines of the
// others' programs: what stands there lets in once, and only for a moment.
import { isToken, newToken } from './access'

const VALID_MS = 60_000

export class LaunchKey {
  private key: string | undefined
  private madeAtMs = 0

  /** `now`: a clock in milliseconds that never goes back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A new one; the one before is valid no more. */
  renew(): string {
    this.key = newToken()
    this.madeAtMs = this.now()
    return this.key
  }

  /** Whether this is the key, which from then on is valid no more. */
  redeem(given: string | null): boolean {
    if (this.key === undefined || !isToken(given, this.key)) return false
    this.key = undefined
    return this.now() - this.madeAtMs <= VALID_MS
  }
}
