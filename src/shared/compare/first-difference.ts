// Finds the first message for which labs have chosen differently, while they run at speeds of their own.
import type { Difference, Side } from './comparison'

/** The server that a lab chose for a message at the first attempt. */
export interface FirstChoice {
  readonly client: string
  readonly number: number
  readonly sentAt: number
  readonly at: number
  readonly server: string | null
  readonly why: string
}

/** A lab that has chosen for a message sent this much later will not choose for the earlier one. */
const LATEST_MS = 60_000

export class FirstDifference {
  /** By message, in order of the first choice for it: the choices of the labs. */
  private readonly open = new Map<string, (FirstChoice | undefined)[]>()
  /** By lab: the sending time of the last message that it chose for. */
  private readonly latest: number[]
  private found: Difference | null = null

  constructor(private readonly labs: number) {
    this.latest = Array.from({ length: labs }, () => 0)
  }

  get difference(): Difference | null {
    return this.found
  }

  /** Choices of this lab, in order; returns whether more are needed. */
  add(lab: number, choices: readonly FirstChoice[]): boolean {
    for (const choice of choices) {
      if (this.found !== null) break
      const key = `${choice.number} ${choice.client}`
      const made = this.open.get(key) ?? []
      made[lab] = choice
      this.latest[lab] = choice.sentAt
      this.open.set(key, made)
    }
    this.compare()
    return this.found === null
  }

  /** This lab has ended. */
  end(lab: number): void {
    this.latest[lab] = Number.POSITIVE_INFINITY
    this.compare()
  }

  private compare(): void {
    for (const [key, made] of this.open) {
      const known = made.filter((one) => one !== undefined)
      const [first] = known
      if (first === undefined) return
      if (known.length < this.labs && !this.isLeftOut(made, first.sentAt)) return
      this.open.delete(key)
      if (known.length < this.labs) continue
      if (known.every(({ server }) => server === first.server)) continue
      this.found = differenceOf(known)
      this.open.clear()
    }
  }

  /** Whether every lab that has not chosen for this message will not choose for it later. */
  private isLeftOut(made: readonly (FirstChoice | undefined)[], sentAt: number): boolean {
    return this.latest.every(
      (latest, lab) => made[lab] !== undefined || latest > sentAt + LATEST_MS,
    )
  }
}

function differenceOf(made: readonly FirstChoice[]): Difference | null {
  const [first] = made
  if (first === undefined) return null
  const sides = made.map(({ at, server, why }, lab): Side => ({ lab, at, server, why }))
  const { client, number, sentAt } = first
  return { client, number, sentAt, sides }
}
