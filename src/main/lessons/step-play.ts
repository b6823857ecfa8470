// What the question or task of a step knows of the run that it is part of.
import type { StepPhase } from '../../shared/lesson/lesson-line'
import type { LessonLab } from './lab'
import type { Observer } from './observer'
import type { StepOutcome } from './step-outcome'

export interface StepPlay {
  readonly lab: LessonLab
  readonly observer: Observer
  /** Ends what is waited for, when the run is ended or stuck. */
  readonly signal: AbortSignal
  readonly phase: StepPhase
  enter(phase: StepPhase): void
  /** Tells the page that something else than the phase is another one now. */
  readonly onChange: () => void
  readonly onOutcome: (outcome: StepOutcome) => void
}
