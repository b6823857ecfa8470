// How a requirement ends other than by holding.

import type { How } from '../../shared/check/result'

/** Thrown by a requirement that does not hold. */
export class RequirementFailed extends Error {
  constructor(
    readonly how: How,
    readonly expected: string,
    readonly came: string,
    /** Where to look, if it is elsewhere than the requirement says. */
    readonly hint?: string,
  ) {
    super(`Expected ${expected}; ${came}`)
    this.name = 'RequirementFailed'
  }
}
