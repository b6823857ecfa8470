// Runs the benchmarks named on the command line, or all: prints each as a table, and at the end all as JSON and the figures
// that matter, one a line.
//   npm run bench [-- [codec] [balancing] [proxy] [engine] [events] [recording] [compare] [charts] [class] [packet-layer] [start-up] [theory] [--quick] [--json FILE]]
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchBalancing } from './balancing'
import { benchCharts } from './charts/charts'
import { benchClass } from './class/class'
import { benchCodec } from './codec'
import { benchCompare } from './compare'
import { benchEngine } from './engine'
import { benchEvents } from './events/events'
import type { BenchOptions } from './options'
import { benchPacketLayer } from './packet-layer'
import { benchProxy } from './proxy/proxy'
import { benchRecording } from './recording/recording'
import { benchShadows } from './shadows'
import { benchStartUp } from './start-up/start-up'
import { type BenchTable, printFigures, printTable } from './table'
import { benchTheory } from './theory'

const BENCHES: Record<string, (options: BenchOptions) => Promise<BenchTable[]>> = {
  proxy: benchProxy,
  engine: benchEngine,
  events: benchEvents,
  recording: benchRecording,
  codec: async (options) => [await benchCodec(options)],
  balancing: async (options) => [benchBalancing(options), await benchShadows(options)],
  compare: benchCompare,
  'packet-layer': async (options) =>
    process.env.CHROMIUM_PATH === undefined ? [] : [await benchPacketLayer(options)],
  charts: benchCharts,
  class: benchClass,
  'start-up': benchStartUp,
  theory: benchTheory,
}
/** What those that can be left out need. */
const NEEDED: Record<string, string> = { 'start-up': 'Electron' }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
const chosen = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const unknown = chosen.filter((name) => BENCHES[name] === undefined)
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown[0]}. There are: ${Object.keys(BENCHES).join(', ')}.`,
  )
  process.exit(2)
}

const INTERRUPTED = 130
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(INTERRUPTED))
}

const processors = cpus()
const machine = `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${process.platform}`
console.log(machine)
const tables: BenchTable[] = []
for (const name of chosen) {
  const found = (await BENCHES[name]?.({ quick: values.quick })) ?? []
  if (found.length === 0)
    console.log(`\nLeft out: ${name}, since no ${NEEDED[name] ?? 'Chromium'} was found.`)
  for (const table of found) printTable(table)
  tables.push(...found)
}

const json = JSON.stringify({ machine, benches: tables.map(asRecords) })
console.log(`\nJSON: ${json}`)
printFigures(tables.flatMap(({ figures = [] }) => figures))
if (values.json !== undefined) writeFileSync(values.json, `${json}\n`)

function asRecords({ name, columns, rows, notes = [], figures = [] }: BenchTable) {
  const records = rows.map((row) =>
    Object.fromEntries(row.map((value, index) => [columns[index] || 'contender', rounded(value)])),
  )
  return { name, rows: records, notes, figures }
}

function rounded(value: string | number): string | number {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
