// What a program must do, as one thing that can be tried by itself.
export interface Requirement<S> {
  /** Stays the same from version to version: rubrics and gradebooks name it. */
  readonly id: string
  readonly title: string
  /** Why it matters to the other programs. */
  readonly why: string
  /** Where to look in one's own program. */
  readonly hint: string
  readonly points: number
  /** Throws RequirementFailed if it does not hold. */
  run(stage: S): Promise<void>
}
