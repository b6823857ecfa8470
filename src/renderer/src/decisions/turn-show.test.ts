import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextWords } from '../../../shared/decision/next'
import { decisionOf } from '../../../shared/decision/testing'
import { captionOf, textOf } from '../../../shared/decision/words'
import type { ProtocolId } from '../../../shared/ids'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import type { Decision, State } from '../../../shared/state/state'
import { LEAST_MS, latestDecision, RECEIPT_MS, SWEEP_MS, TurnShow } from './turn-show'

const SETTINGS = { seed: 20_210_101, numRuns: 200 }

test('the latest decision is the latest in time, of those at one moment the later exchange’s', () => {
  const one = decisionOf({ at: 5, exchange: 9 })
  const two = decisionOf({ at: 7, exchange: 3, policy: '222' })
  const three = decisionOf({ at: 7, exchange: 4, policy: '333' })
  const all = [one, two, three].map((each) => [each.policy, each] as const)
  expect(latestDecision(new Map(all))).toBe(three)
  expect(latestDecision(new Map(all.toReversed()))).toBe(three)
  expect(latestDecision(new Map())).toBeUndefined()
})

/** Time that passes when the test says so. */
function handClock() {
  let [now, begun] = [0, 0]
  let tasks: { at: number; task: () => void }[] = []
  return {
    timing: {
      now: () => now,
      after: (ms: number, task: () => void) => {
        const entry = { at: now + ms, task }
        begun++
        tasks.push(entry)
        return () => {
          tasks = tasks.filter((other) => other !== entry)
        }
      },
    },
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        tasks = tasks.filter((other) => other !== next)
        now = next.at
        next.task()
      }
      now = end
    },
    begun: () => begun,
  }
}

interface Setup {
  paused?: boolean
  before?: Decision
  onChange?: () => void
}

/** A lab whose decisions the test makes, and the show that follows it. */
function start({ paused = false, before, onChange = () => {} }: Setup = {}) {
  const clock = handClock()
  const lab = { state: before ? decided(INITIAL_STATE, before) : INITIAL_STATE, near: false }
  const seen: (number | undefined)[] = []
  const frame = (isPaused: boolean, count: number) => ({
    state: lab.state,
    latest: latestDecision(lab.state.decisions),
    decided: count,
    paused: isPaused,
  })
  const show: TurnShow<State> = new TurnShow<State>(
    frame(paused, 0),
    clock.timing,
    () => lab.near,
    () => {
      const exchange = show.shown.receipt?.exchange
      if (exchange !== seen.at(-1)) seen.push(exchange)
      onChange()
    },
  )
  const tell = (isPaused = paused) => show.tell(frame(isPaused, 0))
  function decide(...decisions: readonly Partial<Decision>[]) {
    for (const parts of decisions) lab.state = decided(lab.state, decisionOf(parts))
    show.tell(frame(paused, decisions.length))
  }
  return { clock, lab, seen, show, tell, decide, begin: () => show.begin(frame(paused, 0)) }
}

function decided(state: State, decision: Decision): State {
  const { policy, next } = decision
  return {
    ...state,
    decisions: new Map(state.decisions).set(policy, decision),
    next: state.next.get(policy) === next ? state.next : new Map(state.next).set(policy, next),
  }
}

describe('which receipt is shown', () => {
  test('a decision is shown for a moment', () => {
    const { clock, seen, show, decide, tell } = start()
    decide({ exchange: 1 })
    clock.pass(RECEIPT_MS - 1)
    expect(show.shown.receipt?.exchange).toBe(1)
    clock.pass(1)
    expect(show.shown.receipt).toBeUndefined()
    tell()
    clock.pass(5_000)
    expect(seen).toEqual([1, undefined])
  })

  test('what was decided before anybody looked is not shown, unless time is paused', () => {
    const before = decisionOf({ exchange: 1 })
    expect(start({ before }).show.shown.receipt).toBeUndefined()
    expect(start({ before, paused: true }).show.shown.receipt).toBe(before)
  })

  test('at high rates it is the latest, at most six times a second by as many timers, and says for how many it stands', () => {
    const { clock, seen, show, decide } = start()
    for (let exchange = 1; exchange <= 1000; exchange++) {
      decide({ exchange })
      clock.pass(1)
    }
    expect(clock.begun()).toBeLessThan(20)
    expect(seen).toEqual([1, 170, 340, 510, 680, 850])
    expect(show.shown.decided).toBe(170)
    clock.pass(LEAST_MS)
    expect(show.shown.receipt?.exchange).toBe(1000)
    expect(show.shown.decided).toBe(150)
  })

  test('while time is paused the latest stays, and each step shows its own at once', () => {
    const { clock, seen, show, decide, tell } = start({ paused: true })
    decide({ exchange: 1 })
    clock.pass(60_000)
    decide({ exchange: 2 })
    decide({ exchange: 3 })
    expect(seen).toEqual([1, 2, 3])
    tell(false)
    clock.pass(RECEIPT_MS)
    expect(show.shown.receipt).toBeUndefined()
  })

  test('where it had gone already, the latest comes back as time is stopped', () => {
    const { clock, show, decide, tell } = start()
    decide({ exchange: 1 })
    clock.pass(9_000)
    expect(show.shown.receipt).toBeUndefined()
    tell(true)
    expect(show.shown.receipt?.exchange).toBe(1)
  })

  test('a policy that goes with its decision does not bring back an earlier decision', () => {
    const { clock, lab, show, decide, tell } = start()
    decide({ exchange: 1 })
    clock.pass(500)
    decide({ exchange: 2, policy: 'typo', server: null, next: null })
    clock.pass(500)
    const { next, decisions } = lab.state
    const left = <V>(map: ReadonlyMap<string, V>) =>
      new Map([...map].filter(([key]) => key !== 'typo'))
    lab.state = { ...lab.state, next: left(next), decisions: left(decisions) }
    tell()
    expect(show.shown.receipt?.exchange).toBe(2)
    clock.pass(RECEIPT_MS)
    expect(show.shown.receipt).toBeUndefined()
  })

  test('a reset takes it away', () => {
    const { lab, show, begin } = start({ before: decisionOf({ exchange: 1 }), paused: true })
    lab.state = INITIAL_STATE
    begin()
    expect(show.shown.receipt).toBeUndefined()
  })
})

describe('a pointer', () => {
  test('sweeps where it has the time, and is there at once where it has not', () => {
    const { clock, lab, show, decide } = start()
    const sweeps = () => show.shown.sweeping.has('111')
    decide({ exchange: 1, next: '300' })
    expect(sweeps()).toBe(true)
    clock.pass(SWEEP_MS - 1)
    decide({ exchange: 2, next: '100' })
    expect(sweeps()).toBe(false)
    clock.pass(SWEEP_MS)
    decide({ exchange: 3, next: '300' })
    expect(sweeps()).toBe(true)
    clock.pass(5_000)
    lab.near = true
    decide({ exchange: 4, next: '100' })
    expect(sweeps()).toBe(false)
  })

  test('of another policy keeps what it does', () => {
    const { clock, show, decide } = start()
    decide({ exchange: 1, policy: '222', next: '400' })
    clock.pass(LEAST_MS)
    decide({ exchange: 2, next: '300' })
    expect([...show.shown.sweeping]).toEqual(['222', '111'])
  })
})

/** In ms since the last step: a frame with these decisions, each the next server of its policy's pool. */
const steps = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.nat(40), fc.nat(400), fc.nat(3_000)),
    policies: fc.array(fc.constantFrom('111', '222', '333'), { maxLength: 5 }),
    /** A server joins or leaves in the same frame, so that another one is next without a decision. */
    moved: fc.option(fc.constantFrom('111', '222', '333')),
    near: fc.boolean(),
  }),
  { maxLength: 60 },
)

test('in every frame caption, list and pointer name the same turn, none older than the pace', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { clock, lab, show, tell, decide } = start({ onChange: () => look() })
      const turn = new Map<ProtocolId, number>()
      const serverOf = (policy: ProtocolId, place: number) => `${policy}-${place % 3}`
      let exchange = 0
      let made = 0
      let told = 0
      /** The turns of the last LEAST_MS, and since when they were so. */
      let recent = [{ at: 0, next: lab.state.next }]
      let last = show.shown
      let changedAt = Number.NEGATIVE_INFINITY
      const arrivesAt = new Map<ProtocolId, number>()

      function look() {
        const now = clock.timing.now()
        const { state, receipt, sweeping, decided: count } = show.shown
        if (recent.at(-1)?.next !== lab.state.next) recent.push({ at: now, next: lab.state.next })
        // The list and the pointers are drawn from the same state; the caption takes the next server from it.
        for (const [policy, next] of state.next) {
          expect(nextWords(state, policy).next).toBe(next ?? 'nobody')
        }
        if (receipt) {
          const next = state.next.get(receipt.policy) ?? null
          expect(textOf(captionOf({ ...receipt, next })).endsWith(`; next ${next}`)).toBe(true)
          expect(state.decisions.get(receipt.policy)).toBe(receipt)
        }
        recent = recent.filter((_, index) => (recent[index + 1]?.at ?? now) >= now - LEAST_MS)
        expect(recent.some(({ next }) => next === state.next)).toBe(true)
        if (state.next !== last.state.next) {
          expect(now - changedAt).toBeGreaterThanOrEqual(LEAST_MS)
          changedAt = now
          for (const [policy, next] of state.next) {
            if (last.state.next.get(policy) === next) continue
            // A pointer that has not arrived yet never begins another sweep.
            if (sweeping.has(policy)) expect(arrivesAt.get(policy) ?? 0).toBeLessThanOrEqual(now)
            arrivesAt.set(policy, sweeping.has(policy) ? now + SWEEP_MS : now)
          }
        }
        if (receipt && receipt !== last.receipt) told += count
        last = show.shown
      }

      for (const { afterMs, policies, moved, near } of all) {
        // As many frames as the time has, so that what a timer shows is seen too.
        for (let passed = 0; passed < afterMs; passed += 16) {
          clock.pass(Math.min(16, afterMs - passed))
          look()
        }
        lab.near = near
        if (moved) {
          turn.set(moved, (turn.get(moved) ?? 0) + 1)
          lab.state = {
            ...lab.state,
            next: new Map(lab.state.next).set(moved, serverOf(moved, turn.get(moved) ?? 0)),
          }
        }
        const decisions = policies.map((policy) => {
          const place = turn.get(policy) ?? 0
          turn.set(policy, place + 1)
          const server = serverOf(policy, place)
          exchange++
          return {
            exchange,
            at: exchange,
            policy,
            server,
            candidates: [0, 1, 2].map((index) => serverOf(policy, index)),
            reason: { by: 'round-robin', turn: server } as const,
            next: serverOf(policy, place + 1),
          }
        })
        made += decisions.length
        if (decisions.length > 0) decide(...decisions)
        else tell()
        look()
      }
      clock.pass(LEAST_MS)
      look()
      expect(show.shown.state).toBe(lab.state)
      expect(told).toBe(made)
    }),
    SETTINGS,
  )
})
