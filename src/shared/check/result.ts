// What came of a check: of each requirement, and in all.
import type { ThrownException } from '../last-words'
import type { ProgramKind } from '../program-command'
import type { WireEvent } from './wire-event'

/** `wrong`: it did something else; `hangs`: nothing came in time; `closes`: it closed the connection; `ends`: the program ended. */
export type How = 'wrong' | 'hangs' | 'closes' | 'ends'

export interface Evidence {
  /** What the check sent last before it failed, each with who sent it. */
  readonly sent: readonly string[]
  readonly expected: string
  readonly came: string
  /** The last lines that the program printed. */
  readonly lastWords: readonly string[]
  readonly exception?: ThrownException
  /** What crossed the wire and what was printed, from the start of the program on. */
  readonly exchange: readonly WireEvent[]
  /** When the program was started, in milliseconds since 1970; and how long after that the requirement failed. */
  readonly startedAt: number
  readonly tookMs: number
}

export interface CheckedRequirement {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly hint: string
  readonly points: number
  readonly outcome: 'passed' | 'failed' | 'not tried'
  /** How it failed. Set if it did. */
  readonly how?: How
  readonly evidence?: Evidence
  /** Why it was not tried. Set if it was not. */
  readonly reason?: string
  readonly tookMs: number
}

export interface HomeworkResult {
  readonly subject: ProgramKind
  /** How the program was named to the check: its command, or its port. */
  readonly program: string
  /** One line. */
  readonly dialect: string
  readonly requirements: readonly CheckedRequirement[]
  readonly tookMs: number
}

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly notTried: number
  readonly points: number
  readonly pointsPossible: number
}

export function tallyOf({ requirements }: HomeworkResult): Tally {
  const of = (outcome: CheckedRequirement['outcome']) =>
    requirements.filter((requirement) => requirement.outcome === outcome)
  const sum = (some: readonly CheckedRequirement[]) =>
    some.reduce((total, { points }) => total + points, 0)
  return {
    passed: of('passed').length,
    failed: of('failed').length,
    notTried: of('not tried').length,
    points: sum(of('passed')),
    pointsPossible: sum(requirements),
  }
}
