// docs/scenario-files.md has every setting of a scenario file, with its default and what is allowed.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkScenario } from '../../src/shared/scenario-file'
import { CLIENT_SETTINGS } from '../../src/shared/settings/client'
import type { Settings } from '../../src/shared/settings/derive'
import { FAULT_SETTINGS } from '../../src/shared/settings/fault'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import { SERVER_SETTINGS } from '../../src/shared/settings/server'
import type { Setting } from '../../src/shared/settings/setting'

function allowed(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return `${setting.min} to ${setting.max}${setting.unit === '' ? '' : ` ${setting.unit}`}`
    case 'text':
      return `at most ${setting.maxChars} characters`
    case 'flag':
      return '`true`, `false`'
    case 'choice':
      return setting.options.map(({ value }) => `\`"${value}"\``).join(', ')
    case 'feature':
      return '`"off"`, or the fields below: `{}` has their defaults'
  }
}

function byDefault({ default: value, inScenario }: Setting): string {
  if (inScenario === 'required') return 'must be given'
  return value === null ? 'the lab chooses' : `\`${JSON.stringify(value)}\``
}

const rowOf = (name: string, setting: Setting): string =>
  `| \`${name}\` | ${byDefault(setting)} | ${allowed(setting)} | ${setting.help} |`

function rowsOf(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, setting]) => [
    rowOf(name, setting),
    ...(setting.kind === 'feature'
      ? Object.entries(setting.settings).map(([inside, one]) => rowOf(`${name}.${inside}`, one))
      : []),
  ])
}

const TEXT = readFileSync(new URL('../../docs/scenario-files.md', import.meta.url), 'utf8')

const FILE = `{ "format": "roundabout-scenario", "version": 5, "servers": [],
  "clients": [{ "id": "1", "policy": "111", "payload": "a" }`

it('has a row for each setting, and no other', () => {
  // The formatter aligns the columns.
  const rows = TEXT.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replace(/ +/g, ' '))
  const { traffic, ...ofClient } = CLIENT_SETTINGS
  expect(rows).toEqual(
    [SERVER_SETTINGS, ofClient, traffic.settings, POOL_SETTINGS, FAULT_SETTINGS].flatMap(rowsOf),
  )
})

it('has traffic that opens, as a list and in the client', () => {
  const [, list = ''] = /```jsonc\n("traffic": .*?)```/s.exec(TEXT) ?? []
  const [, inClient = ''] = /`("traffic": \{.*?\})`/.exec(TEXT) ?? []
  const opened = [
    `${FILE}, { "id": "2", "policy": "111", "payload": "b" }], ${list} }`,
    `${FILE.replace(/ }$/, '')}, ${inClient} }] }`,
  ].map((text) => checkScenario(JSON.parse(text), 'Test'))
  for (const one of opened) expect(one).toMatchObject({ ok: true })
})

it('has a file that opens', () => {
  const [, file = ''] = /```json\n(.*?)```/s.exec(TEXT) ?? []
  expect(checkScenario(JSON.parse(file), 'Test')).toMatchObject({ ok: true })
})
