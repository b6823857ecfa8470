// The question of a step: what it offers, the packet that waits for its answer, and what then really happens.
import type { LabEvent } from '../../shared/events'
import type { PacketId } from '../../shared/ids'
import type { Answer, Reveal } from '../../shared/lesson/answer'
import { FigureWindow } from '../../shared/lesson/figure'
import { judge } from '../../shared/lesson/judge'
import type { Ask } from '../../shared/lesson/lesson'
import type { ShownGate, ShownQuestion } from '../../shared/lesson/lesson-line'
import { answerFault, shownQuestion } from '../../shared/lesson/shown'
import { TruthFinder } from '../../shared/lesson/truth'
import { Gate, type HeldPacket } from './gate'
import type { SeenBefore } from './step-outcome'
import type { StepPlay } from './step-play'
import { DEFAULT_AT_MOST_MS, happensInTime } from './wait'
import { learning } from './watching'

export class StepQuestion {
  private readonly gate: Gate
  private question: ShownQuestion | undefined
  private held: HeldPacket | undefined
  private answer: Answer | null = null
  private reveal: Reveal | null = null
  /** The figures of the time before the answer; the question's truth continues them. */
  private figures: FigureWindow | undefined
  private stopFigures = () => {}

  constructor(
    private readonly ask: Ask,
    private readonly play: StepPlay,
  ) {
    this.gate = new Gate(play.lab, play.observer)
  }

  shown(): ShownGate {
    return {
      kind: 'ask',
      question: this.question ?? shownQuestion(this.ask, this.play.lab.state),
      held: this.heldPacket,
      answer: this.answer,
      reveal: this.reveal && {
        ...this.reveal,
        because: this.because,
        isAuthors: isAuthors(this.ask),
      },
    }
  }

  /** Before the lab plays what comes before the question. */
  watchFigures(): void {
    const { ask } = this
    const { lab, observer } = this.play
    if (ask.ask !== 'number' || !('figure' in ask.truth)) return
    this.figures = new FigureWindow(ask.truth, lab.now)
    this.stopFigures = observer.add(learning(this.figures))
  }

  /** Brings the lab to where the answer is awaited. `runs`: it is to run meanwhile, if nothing is held. */
  async open(runs: boolean, isTimeLocked: boolean): Promise<void> {
    const { ask, play } = this
    const { lab, signal } = play
    if (ask.gate !== undefined) {
      play.enter('playing')
      this.held = await this.gate.hold(ask.gate, signal)
    } else if (isTimeLocked) await lab.pause()
    else if (runs) await lab.resume()
    this.question = shownQuestion(ask, lab.state)
    play.enter('open')
  }

  showAgain({ answer, reveal }: SeenBefore): void {
    this.question = shownQuestion(this.ask, this.play.lab.state)
    this.answer = answer
    this.reveal = reveal
  }

  /** Returns why this answer cannot be given, as a sentence. */
  take(answer: Answer): string | undefined {
    const fault = this.question && answerFault(this.question, answer)
    if (fault === undefined) this.answer = answer
    return fault
  }

  /** Lets happen what the answer was about, and judges by it. Rejects with a LessonFault if it does not happen. */
  async findTruth(answer: Answer, answeredAt: Date): Promise<void> {
    const { ask, play } = this
    const { lab, observer, signal } = play
    const simulatedMs = lab.now
    const { atMostMs = DEFAULT_AT_MOST_MS } = ask
    this.stopFigures()
    const finder = new TruthFinder(ask, {
      at: simulatedMs,
      exchange: this.held?.exchange,
      figures: this.figures,
    })
    const found = happensInTime(
      'What this question is about',
      {
        get dueAt() {
          return finder.dueAt
        },
        apply: (event, facts) => finder.apply(event, facts),
        pass: (at, facts) => finder.pass(at, facts),
        get result() {
          return finder.truth
        },
      },
      { lab, observer, atMostMs, pauses: false, signal },
    )
    // It may be rejected while the commands below are carried out.
    found.catch(() => {})
    for (const command of ask.commands ?? []) await lab.giveAuthored(command)
    await this.gate.open()
    if (finder.truth === undefined || this.held !== undefined) await lab.resume()
    const truth = await found
    const { decision, reason, measured } = finder
    const judged = judge(ask, answer, truth, { reason, measured })
    const reveal = { truth, ...judged, ...(decision && { decision }) }
    this.reveal = reveal
    play.onOutcome({ kind: 'predicted', answer, answeredAt, simulatedMs, reveal })
    play.enter('done')
  }

  /** What has become of the packet that waits for the answer, as a sentence; undefined: it is still held. */
  whatHappened(event: LabEvent): string | undefined {
    return this.gate.whatHappened(event)
  }

  /** Holds no packet any more. */
  release(): Promise<void> {
    return this.gate.open()
  }

  /** The packet that waits for the answer. */
  private get heldPacket(): PacketId | null {
    return this.play.phase === 'open' ? (this.held?.packet ?? null) : null
  }

  private get because(): string {
    const { ask, answer } = this
    if (ask.ask !== 'choice' || answer?.kind !== 'choice') return ''
    return ask.choices[answer.index]?.because ?? ''
  }
}

function isAuthors(ask: Ask): boolean {
  return ask.ask === 'choice' && ask.choices.some(({ right }) => right)
}
