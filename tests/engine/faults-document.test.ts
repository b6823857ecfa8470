// docs/faults.md has each fault with its settings and the words of the screen.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { BEHAVIOUR_WORDS } from '../../src/shared/behaviour-words'
import { FAULT_WORDS, INTERMEDIARY_WORDS } from '../../src/shared/fault-words'
import { FAULT_SETTINGS, faultSettings } from '../../src/shared/settings/fault'
import { BEHAVIOUR } from '../../src/shared/settings/features/behaviour'

const TEXT = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8')
const COMMON = ['direction', 'fault', 'probability']

it('has a row for each fault, and no other', () => {
  const rows = TEXT.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replace(/ +/g, ' '))
  const expected = FAULT_SETTINGS.fault.options.map(({ value }) => {
    const own = Object.keys(faultSettings(value)).filter((name) => !COMMON.includes(name))
    const { seen, program } = FAULT_WORDS[value]
    return `| \`${value}\` | ${own.map((name) => `\`${name}\``).join(', ')} | ${seen} | ${program} |`
  })
  // An empty cell is one space wide.
  expect(rows).toEqual(expected.map((row) => row.replace(/ +/g, ' ')))
})

it('has a row for each misbehaviour of a server', () => {
  const text = TEXT.replace(/ +/g, ' ')
  for (const { value, label } of BEHAVIOUR.settings.kind.options) {
    const { seen, proxy } = BEHAVIOUR_WORDS[value]
    expect(text).toContain(`| ${label} | ${seen} | ${proxy} |`)
  }
})

it('says what a network cannot do', () => {
  expect(TEXT.replace(/\s+/g, ' ')).toContain(INTERMEDIARY_WORDS)
})
