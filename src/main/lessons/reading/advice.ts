// What an author may have overlooked: warnings, with which a lesson can be played.
import type { Ask, Lesson } from '../../../shared/lesson/lesson'
import { spotlightOf } from '../../../shared/lesson/spotlight'
import type { Scenario } from '../../../shared/scenario'
import type { LessonFiles } from './lesson-files'
import { LESSON_TEXT, type LessonProblems } from './problems'
import type { ReadBlock, ReadStep } from './step'

export function advise(
  lesson: Lesson,
  steps: readonly ReadStep[],
  files: LessonFiles,
  problems: LessonProblems,
): void {
  if (lesson.misbelief === undefined && steps.some(predicts)) {
    problems.warn(
      1,
      'The lesson asks for predictions and names no “misbelief”: say what learners believe before it.',
    )
  }
  adviseOnSteps(steps, problems)
  adviseOnNames(steps, lesson.scenarios, problems)
  const { scenarios, pictures, programs } = lesson
  for (const name of files.bytes.keys()) {
    const isUsed = [scenarios, pictures, programs].some((used) => used.has(name))
    if (name !== LESSON_TEXT && !isUsed) problems.warn(0, 'No step uses this file.', name)
  }
}

const predicts = ({ step }: ReadStep) => step.asks.kind === 'ask'

function adviseOnSteps(steps: readonly ReadStep[], problems: LessonProblems): void {
  const [first] = steps
  if (first !== undefined && first.step.setup.scenario === undefined) {
    problems.warn(
      first.step.line,
      'The first step opens no scenario: it begins with whatever the lab holds.',
    )
  }
  for (const { step, asks } of steps) {
    if (step.text === '' && step.asks.kind === 'nothing') {
      problems.warn(step.line, 'The step says nothing and asks nothing.')
    }
    if (asks === undefined) continue
    if (step.asks.kind === 'ask' && step.afterText === '') {
      problems.warn(
        asks.line,
        'Nothing follows the question: write below it why it happens so, for those who were wrong.',
      )
    }
    if (step.asks.kind === 'ask') adviseOnAsk(step.asks, asks, problems)
    if (step.asks.kind === 'task' && (step.asks.hints ?? []).length === 0) {
      problems.warn(asks.line, 'The task has no “hints” for those who do not know how to begin.')
    }
  }
}

/** Questions whose answer can be told too early, or never. */
function adviseOnAsk(ask: Ask, { line, lineOf }: ReadBlock, problems: LessonProblems): void {
  if (ask.until !== undefined) return
  if (ask.ask === 'number' && 'counts' in ask.truth && ask.gate === undefined) {
    problems.warn(
      line,
      'Without “until” or a “gate”, it is counted at once: nothing has happened yet.',
    )
  }
  if (ask.ask !== 'choice') return
  const withWhen = ask.choices.filter(({ when }) => when !== undefined)
  if (withWhen.length > 0 && withWhen.length === ask.choices.length - 1) {
    const index = ask.choices.findIndex(({ when }) => when === undefined)
    problems.warn(
      lineOf(['choices', index]),
      'Without “until”, this choice cannot turn out right: say when none of the others has come true.',
    )
  }
  const right = ask.choices.findIndex((choice) => choice.right)
  if (withWhen.length > 0 && right !== -1) {
    problems.warn(
      lineOf(['choices', right, 'right']),
      '“right” has no effect beside choices with “when”: what happens decides.',
    )
  }
}

/** Ids and policies that no scenario has. */
function adviseOnNames(
  steps: readonly ReadStep[],
  scenarios: Lesson['scenarios'],
  problems: LessonProblems,
): void {
  let lab: { name: string; scenario: Scenario } | undefined
  for (const { step, setup, asks } of steps) {
    const { scenario, commands = [], proxy, spotlight = [] } = step.setup
    if (scenario !== undefined) {
      const opened = scenarios.get(scenario)
      lab = opened && { name: scenario, scenario: opened }
    }
    // From then on, what there is can no longer be told from the file.
    if (proxy !== undefined || commands.some(({ type }) => CHANGES.test(type))) lab = undefined
    if (lab === undefined) continue
    const { name, scenario: opened } = lab
    const has = {
      server: (id: string) => opened.servers.some((server) => server.id === id),
      client: (id: string) => opened.clients.some((client) => client.id === id),
      policy: (id: string) => opened.servers.some(({ policy }) => policy === id),
    }
    for (const [index, text] of spotlight.entries()) {
      const unknown = unknownName(text, has)
      if (unknown !== undefined) {
        problems.warn(
          setup?.lineOf(['spotlight', index]) ?? step.line,
          `${name} has no ${unknown}.`,
        )
      }
    }
    if (step.asks.kind === 'ask') {
      const { gate } = step.asks
      if ('policy' in step.asks && !has.policy(step.asks.policy)) {
        problems.warn(
          asks?.lineOf(['policy']) ?? step.line,
          `${name} has no server of policy “${step.asks.policy}”.`,
        )
      }
      if (gate?.send !== undefined && !has.client(gate.send)) {
        problems.warn(
          asks?.lineOf(['gate', 'send']) ?? step.line,
          `${name} has no client “${gate.send}”.`,
        )
      }
      if (step.asks.commands?.some(({ type }) => CHANGES.test(type))) lab = undefined
    }
    // A task may have the person add servers and clients.
    if (step.asks.kind === 'task') lab = undefined
  }
}

/** Commands after which there may be other servers and clients. */
const CHANGES = /^(add|update|remove|undo|redo|reset)/

function unknownName(
  text: string,
  has: Readonly<Record<'server' | 'client' | 'policy', (id: string) => boolean>>,
): string | undefined {
  const spotlight = spotlightOf(text)
  switch (spotlight?.kind) {
    case 'server':
    case 'client':
      return has[spotlight.kind](spotlight.id) ? undefined : `${spotlight.kind} “${spotlight.id}”`
    case 'link':
      return has[spotlight.of](spotlight.id) ? undefined : `${spotlight.of} “${spotlight.id}”`
    case 'ring':
    case 'pool':
      return has.policy(spotlight.policy) ? undefined : `server of policy “${spotlight.policy}”`
    default:
      return undefined
  }
}
