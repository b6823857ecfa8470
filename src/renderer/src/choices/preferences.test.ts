import { expect, it } from 'vitest'
import { parsePreferences } from './preferences'

const DEFAULTS = parsePreferences(null)

it('starts with the packets in an open dock, in the system’s theme', () => {
  expect(DEFAULTS).toMatchObject({ theme: 'system', dockTab: 'packets', dockOpen: true })
})

it('gives back what was written', () => {
  const written = {
    theme: 'dark',
    projector: true,
    stage: true,
    dockTab: 'terminals',
    dockOpen: false,
    inspectorOpen: false,
    lessonWidth: 420,
    codeLanguage: 'Node',
    columns: { main: 70, inspector: 30 },
    packetColumns: ['number', 'payload'],
    pausesWhileLookingBack: false,
    charts: ['latency', 'knee'],
    chartStretch: 60,
    trafficView: true,
    rows: { canvas: 60, dock: 40 },
    checkedProgram: {
      kind: 'server',
      bySource: 'port',
      port: 2101,
      folder: '~/homework',
      sandbox: true,
      programs: { proxy: 'a {port}', server: 'b {revproc}', client: 'c {revproc}' },
    },
  }
  expect(parsePreferences(JSON.stringify(written))).toEqual(written)
})

it.each(['', 'null', '[]', '"dark"', '{"theme":', '7'])('takes the defaults for %j', (text) => {
  expect(parsePreferences(text)).toEqual(DEFAULTS)
})

it('replaces only the parts that are damaged', () => {
  const text = '{"theme":"pink","dockTab":"table","columns":{"main":"wide"},"rows":{"canvas":160}}'
  expect(parsePreferences(text)).toEqual({ ...DEFAULTS, dockTab: 'table' })
})
