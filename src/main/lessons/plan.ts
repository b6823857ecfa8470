// Which lab does a step need, if nobody has come to it from the step before?
import { nodeId } from '../../shared/ids'
import type { Ask, Lesson, Setup, Step } from '../../shared/lesson/lesson'

interface LabPlan {
  /** The name of the nearest scenario; undefined: no step up to here opens one, and the lab is as it is. */
  readonly scenario: string | undefined
  /** What the steps between have changed. */
  readonly commands: NonNullable<Setup['commands']>
  readonly speed: number | undefined
}

/** The lab before the step's own commands. */
export function labPlan({ steps }: Pick<Lesson, 'steps'>, index: number): LabPlan {
  const from = lastIndex(steps, index, ({ setup }) => setup.scenario !== undefined)
  const between = from === undefined ? [] : steps.slice(from, index)
  return {
    scenario: from === undefined ? undefined : steps[from]?.setup.scenario,
    commands: between.flatMap(({ setup, asks }) => [
      ...(setup.commands ?? []),
      ...(asks.kind === 'ask' ? commandsOf(asks) : []),
    ]),
    speed: between.findLast(({ setup }) => setup.speed !== undefined)?.setup.speed,
  }
}

/** What the question has sent, the message that its gate held among it. */
function commandsOf({ gate, commands = [] }: Ask) {
  if (gate?.send === undefined) return commands
  return [{ type: 'sendMessage', client: nodeId('inside', 'client', gate.send) }, ...commands]
}

/** The program that stands in the proxy's place in this step: it stays until another scenario is opened. */
export function programAt({ steps }: Pick<Lesson, 'steps'>, index: number): string | undefined {
  const from = lastIndex(steps, index, ({ setup }) => setup.scenario !== undefined) ?? 0
  return steps.slice(from, index + 1).findLast(({ setup }) => setup.proxy !== undefined)?.setup
    .proxy
}

function lastIndex(
  steps: readonly Step[],
  upTo: number,
  is: (step: Step) => boolean,
): number | undefined {
  const found = steps.slice(0, upTo + 1).findLastIndex(is)
  return found === -1 ? undefined : found
}
