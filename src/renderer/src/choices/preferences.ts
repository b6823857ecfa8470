// What the app remembers on this machine between starts. Anything unreadable is replaced by the defaults.
import * as v from 'valibot'
import { PROGRAM_KINDS } from '../../../shared/program-command'

export const DOCK_TABS = ['packets', 'sequence', 'table', 'terminals', 'charts'] as const
export type DockTab = (typeof DOCK_TABS)[number]

/** The charts, in their order on the screen. */
export const CHART_NAMES = [
  'messages',
  'latency',
  'inFlight',
  'shares',
  'histogram',
  'utilisation',
  'knee',
  'errors',
] as const
export type ChartName = (typeof CHART_NAMES)[number]

/** How many seconds the charts show at most. */
export const CHART_STRETCHES = [60, 300, 900, 3_600] as const
export type ChartStretch = (typeof CHART_STRETCHES)[number]

/** The columns of the packet list, in their order on the screen. */
export const PACKET_COLUMNS = [
  'number',
  'time',
  'type',
  'from',
  'to',
  'policy',
  'payload',
  'size',
  'link',
  'roundTrip',
  'exchange',
  'connection',
  'status',
] as const
export type PacketColumn = (typeof PACKET_COLUMNS)[number]

const FIRST_COLUMNS: PacketColumn[] = [
  'time',
  'type',
  'from',
  'to',
  'policy',
  'payload',
  'link',
  'roundTrip',
]

/** The program that was checked last, of each kind, and what else was typed. */
const FIRST_CHECKED = {
  kind: 'proxy',
  bySource: 'command',
  port: 2100,
  folder: '',
  sandbox: false,
  programs: {
    proxy: 'python3 reverse_proxy.py -port {port}',
    server: 'python3 server.py -id {id} -pp {policy} -listen {listen} -revproc {revproc}',
    client: 'python3 client.py -id {id} -revproc {revproc} -pkt {packet}',
  },
} as const
const checkedProgram = v.object({
  kind: v.picklist(PROGRAM_KINDS),
  bySource: v.picklist(['command', 'port']),
  port: v.number(),
  folder: v.string(),
  sandbox: v.fallback(v.boolean(), false),
  programs: v.object({ proxy: v.string(), server: v.string(), client: v.string() }),
})
export type CheckedProgram = v.InferOutput<typeof checkedProgram>

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(100))
/** Percentages of a panel group, by panel id. */
const layout = v.record(v.string(), share)

const schema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  projector: v.fallback(v.boolean(), false),
  /** In projector mode: the receipt of a decision stands beside the graph. */
  stage: v.fallback(v.boolean(), false),
  /** Operators: whether the lab is paused while this window looks back. */
  pausesWhileLookingBack: v.fallback(v.boolean(), true),
  dockTab: v.fallback(v.picklist(DOCK_TABS), 'packets'),
  dockOpen: v.fallback(v.boolean(), true),
  inspectorOpen: v.fallback(v.boolean(), true),
  /** The width of the column with the text of a lesson, in pixels. */
  lessonWidth: v.fallback(v.pipe(v.number(), v.minValue(240), v.maxValue(2_000)), 400),
  /** The language of code in lessons that have it in both. */
  codeLanguage: v.fallback(v.picklist(['Python', 'Node']), 'Python'),
  columns: v.fallback(v.optional(layout), undefined),
  packetColumns: v.fallback(
    v.pipe(
      v.array(v.string()),
      // An earlier version had one column for both times.
      v.transform((columns) =>
        columns.flatMap((name) => (name === 'took' ? ['link', 'roundTrip'] : name)),
      ),
      v.array(v.picklist(PACKET_COLUMNS)),
      v.minLength(1),
    ),
    FIRST_COLUMNS,
  ),
  charts: v.fallback(v.pipe(v.array(v.picklist(CHART_NAMES)), v.minLength(1)), [...CHART_NAMES]),
  chartStretch: v.fallback(v.picklist(CHART_STRETCHES), 300),
  /** Links and rings are as wide as their rate. */
  trafficView: v.fallback(v.boolean(), false),
  rows: v.fallback(v.optional(layout), undefined),
  checkedProgram: v.fallback(checkedProgram, FIRST_CHECKED),
})

export type Preferences = v.InferOutput<typeof schema>
export const PREFERENCE_NAMES = Object.keys(schema.entries) as readonly (keyof Preferences)[]

const KEY = 'roundabout.preferences'

/** Reads preferences; a damaged part, or the whole, is replaced by its default. */
export function parsePreferences(text: string | null): Preferences {
  let value: unknown
  try {
    value = JSON.parse(text ?? '{}')
  } catch {
    value = {}
  }
  const result = v.safeParse(schema, value)
  return result.success ? result.output : v.parse(schema, {})
}

export function readPreferences(): Preferences {
  return parsePreferences(storage((local) => local.getItem(KEY)) ?? null)
}

/** Writes the preferences and no other properties of the object. */
export function writePreferences(preferences: Preferences): void {
  storage((local) => local.setItem(KEY, JSON.stringify(v.parse(schema, preferences))))
}

/** Storage may be absent, full or forbidden: then nothing is remembered. */
function storage<T>(use: (local: Storage) => T): T | undefined {
  try {
    return use(globalThis.localStorage)
  } catch {
    return undefined
  }
}
