// The turns on the screen: whose turn is next for each policy, and the latest decision. They follow the lab at a pace
// that the eye can follow (turn-show.ts); everything that names a turn reads them here.
import { create } from 'zustand'
import { PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useClassQuestion } from '../lab/class-question'
import { type FrameChange, onFrame, simNow, simSpeed, useLab } from '../lab/lab'
import { useLesson } from '../lab/lesson'
import { undisclosedNow, withoutTurns } from '../lab/undisclosed'
import { latestDecision, type ShownTurns, SWEEP_MS, TurnShow, type TurnsFrame } from './turn-show'

/** Simulated ms after which a decision is too old to be explained, also while time is paused. */
const NEWS_MS = 2_000

const show = new TurnShow<State>(
  frameOf(useLab.getState().state, 0),
  {
    now: () => performance.now(),
    after: (ms, task) => {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  },
  decisionIsNear,
  tell,
)

/** The turns on the screen, without those that an open question asks for. */
export const useTurns = create<ShownTurns<State>>(() => show.shown)

function tell(): void {
  const { shown } = show
  useTurns.setState({ ...shown, state: withoutTurns(shown.state, undisclosedNow()) }, true)
}

useLesson.subscribe(({ view }, before) => {
  if (view !== before.view) tell()
})
useClassQuestion.subscribe(tell)

onFrame((change, state) => {
  const frame = frameOf(state, decisionsIn(change))
  // A snapshot of the running lab, for a screen that has fallen behind, is no other moment.
  const isElsewhere =
    change.kind === 'snapshot' && (frame.paused || state.seq < show.shown.state.seq)
  if (isElsewhere) show.begin(frame)
  else show.tell(frame)
})

function frameOf(state: State, decided: number): TurnsFrame<State> {
  const last = latestDecision(state.decisions)
  const latest = last && simNow() - last.at <= NEWS_MS ? last : undefined
  return { state, latest, decided, paused: simSpeed() === 0 }
}

function decisionsIn(change: FrameChange): number {
  if (change.kind === 'snapshot') return 0
  return change.events.reduce((sum, { type }) => sum + (type === 'decision.made' ? 1 : 0), 0)
}

/** Whether a message reaches the proxy within a sweep's time. */
function decisionIsNear(): boolean {
  const until = simNow() + SWEEP_MS * simSpeed()
  for (const { kind, to, held, dueAt } of useLab.getState().state.inFlight.values()) {
    if (kind === 0 && to === PROXY && held === undefined && dueAt <= until) return true
  }
  return false
}
