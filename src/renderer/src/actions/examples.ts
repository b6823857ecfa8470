// The examples that come with the app, as a list of lessons: each has a short title, and says what to look at.
import type { Scenario } from '../../../shared/scenario'
import { readScenario } from '../../../shared/scenario-text'
import { choosesAnew } from '../../../shared/settings/pool'
import { titled } from '../ui/names'

export interface Example {
  /** Its name is the lesson's short title. */
  readonly scenario: Scenario
  /** What it shows, and what to do. */
  readonly hint: string
}

const GROUPS = ['Algorithms', 'Servers that fail, limits and queues', 'Load and links'] as const
type Group = (typeof GROUPS)[number]

const FILES = import.meta.glob<string>('../../../../examples/*.roundabout-scenario', {
  query: '?raw',
  import: 'default',
  eager: true,
})

type ByGroup = readonly (readonly [Group, readonly Example[]])[]

let known: ByGroup | undefined

/** By group, in the order of their titles. The files are read once. */
export function examples(): ByGroup {
  known ??= readExamples()
  return known
}

function readExamples(): ByGroup {
  const all = Object.entries(FILES).map(([path, text]) => exampleIn(text, path))
  return GROUPS.map((group) => [
    group,
    all
      .filter(({ scenario }) => groupOf(scenario) === group)
      .sort((one, other) => one.scenario.name.localeCompare(other.scenario.name, 'en')),
  ])
}

function exampleIn(text: string, path: string): Example {
  const read = readScenario(text, path)
  if (!read.ok) throw new Error(`${path}: ${read.error}`)
  const [name = '', ...rest] = read.scenario.name.split(': ')
  return { scenario: { ...read.scenario, name }, hint: titled(rest.join(': ')) }
}

function groupOf({ pools = [], servers, clients, faults = [] }: Scenario): Group {
  const isLoaded = clients.some(({ traffic }) => traffic) || servers.every(({ work }) => work)
  if (isLoaded || faults.length > 0) return 'Load and links'
  const isResilient = pools.some((pool) =>
    Object.keys(pool).some((key) => key !== 'policy' && !choosesAnew({}, { [key]: 1 })),
  )
  const isTroubled = servers.some(
    ({ maxConnections, backup, drain, behaviour }) =>
      maxConnections || backup || drain || behaviour,
  )
  return isResilient || isTroubled ? 'Servers that fail, limits and queues' : 'Algorithms'
}
