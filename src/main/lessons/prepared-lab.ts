// Makes the lab that a step needs: its scenario, what the steps before have changed, its program, its commands.
import type { Lesson, Step } from '../../shared/lesson/lesson'
import type { Scenario } from '../../shared/scenario'
import { LessonFault } from './fault'
import type { LessonLab } from './lab'
import type { LessonProgram } from './lesson-program'
import type { Observer } from './observer'
import { labPlan, programAt } from './plan'
import { waitFor } from './wait'

/** A scenario's servers have registered by then, or they will not. */
const REGISTRATION_MS = 10_000

interface Preparing {
  readonly lesson: Lesson
  readonly index: number
  readonly lab: LessonLab
  readonly observer: Observer
  readonly program: LessonProgram
  /** The lab is not as the step before has left it: it is made anew. */
  readonly isAnew: boolean
  readonly signal: AbortSignal
  /** Asks the person; resolves when the program may be started. */
  readonly askLeave: (name: string, text: string) => Promise<void>
  readonly warn: (text: string) => void
}

/** Returns whether the lab should run if the step has nothing else in mind. Rejects with a LessonFault. */
export async function prepareLab(preparing: Preparing): Promise<boolean> {
  const { lesson, index, lab, isAnew, signal, warn } = preparing
  const step = stepAt(lesson, index)
  const plan = labPlan(lesson, index)
  const scenario = isAnew ? plan.scenario : step.setup.scenario
  let runs = !lab.isPaused
  lab.lockEverything()
  if (scenario !== undefined) runs = await openScenario(preparing, scenario)
  signal.throwIfAborted()
  if (scenario !== undefined || step.setup.proxy !== undefined) await putProgram(preparing)
  if (isAnew && scenario !== undefined) {
    for (const command of plan.commands) {
      signal.throwIfAborted()
      // A command about what only happens while a step is played, such as a held packet, has nothing to do here.
      await lab.giveAuthored(command).catch((error: unknown) => {
        if (!(error instanceof LessonFault)) throw error
        warn(`Lesson ${lesson.id}: a command of an earlier step was refused: ${error.message}`)
      })
    }
    if (plan.speed !== undefined) await lab.give({ type: 'setSpeed', speed: plan.speed })
  }
  for (const command of step.setup.commands ?? []) {
    signal.throwIfAborted()
    await lab.giveAuthored(command)
  }
  if (step.setup.speed !== undefined) await lab.give({ type: 'setSpeed', speed: step.setup.speed })
  signal.throwIfAborted()
  return runs
}

export function stepAt({ steps }: Pick<Lesson, 'steps'>, index: number): Step {
  const step = steps[index]
  if (step === undefined) throw new LessonFault(`The lesson has no step ${index + 1}.`)
  return step
}

/** Opens it, lets its servers register and pauses then. Returns whether it is one that runs. */
async function openScenario(
  { lesson, lab, observer, signal }: Preparing,
  name: string,
): Promise<boolean> {
  const found = lesson.scenarios.get(name)
  if (found === undefined) throw new LessonFault(`The lesson has no scenario “${name}”.`)
  const seed = found.seed ?? lesson.seed
  const scenario: Scenario = { ...found, ...(seed !== undefined && { seed }) }
  await lab.give({ type: 'openScenario', scenario })
  if (scenario.paused) return false
  const servers = scenario.servers.map(({ id }) => id)
  await waitFor(
    {
      dueAt: undefined,
      apply() {},
      pass() {},
      get result() {
        const { rows, inFlight } = lab.state
        const isHeld = [...inFlight.values()].some(({ held }) => held !== undefined)
        return isHeld || servers.every((id) => rows.has(id)) ? true : undefined
      },
    },
    {
      lab,
      observer,
      // Sockets have their real time, however fast the lab runs.
      atMostMs: REGISTRATION_MS * Math.max(1, lab.state.clock.speed),
      pauses: true,
      signal,
    },
  )
  return true
}

async function putProgram({ lesson, index, program, askLeave, lab, signal }: Preparing) {
  const name = programAt(lesson, index)
  if (name === undefined) return program.remove()
  const text = lesson.programs.get(name)
  if (text === undefined) throw new LessonFault(`The lesson has no program “${name}”.`)
  if (!program.isAllowed(name, text)) {
    await askLeave(name, text)
    program.allow(name, text)
    lab.lockEverything()
  }
  signal.throwIfAborted()
  await program.start(name, text)
}
