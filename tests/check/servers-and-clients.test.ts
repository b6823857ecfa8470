// Servers and clients: faultless ones and the examples pass, and a planted fault fails its requirement and what follows.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkProgram, type HomeworkResult } from '../../src/main/check'
import { inLanes } from '../../src/main/check/lanes'
import { CLIENT_REQUIREMENTS } from '../../src/main/check/requirements/client'
import { SERVER_REQUIREMENTS } from '../../src/main/check/requirements/server'
import type { ProgramKind } from '../../src/main/programs'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here: its servers and clients are not checked.')
// Windows takes two seconds to say that nobody listens: hundreds of starts would take minutes.
const canPlant = hasPython && process.platform !== 'win32'

const example = (name: string) => `"${join(import.meta.dirname, '../../examples', name)}"`
const program = (name: string) => `"${join(import.meta.dirname, 'programs', name)}"`

const SERVER = `python3 ${program('server.py')} -id {id} -pp {policy} -listen {listen} -revproc {revproc}`
const CLIENT = `python3 ${program('client.py')} -id {id} -revproc {revproc} -pkt {packet}`
const EXAMPLE_SERVER = '--id {id} --policy {policy} --port {listen} --proxy-port {revproc}'

const COMMANDS: readonly (readonly [string, ProgramKind, string])[] = [
  ['the faultless server in Python', 'server', SERVER],
  ['the faultless client in Python', 'client', CLIENT],
  ['examples/server.py', 'server', `python3 ${example('server.py')} ${EXAMPLE_SERVER}`],
  [
    'examples/client.py',
    'client',
    `python3 ${example('client.py')} --id {id} --policy {policy} --proxy-port {revproc}`,
  ],
  [
    'examples/server.mjs',
    'server',
    `"${process.execPath}" ${example('server.mjs')} ${EXAMPLE_SERVER}`,
  ],
]

function failed({ requirements }: HomeworkResult): string[] {
  return requirements.flatMap(({ id, outcome }) => (outcome === 'failed' ? [id] : []))
}

describe('the check passes', () => {
  const ours = COMMANDS.filter(([, , command]) => hasPython || !command.startsWith('python3'))
  it.each(ours)('%s', async (_, kind, command) => {
    const result = await checkProgram({ kind, source: { command }, program: command })
    expect(result.requirements.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(result.dialect).toBe('as assigned')
    expect(result.requirements.filter(({ outcome }) => outcome === 'not tried')).toHaveLength(
      command.includes('{packet}') || kind === 'server' ? 0 : 1,
    )
  })
})

describe.skipIf(!canPlant)('a planted fault fails its requirement and what follows from it', () => {
  const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
    'server registers': ['one-answer', 'registration-fields'],
    'server payload-1500': ['payload-200000'],
    'server split-question': ['payload-200000'],
    'server fresh-hash': ['two-questions', 'five-at-once', 'fifty-in-a-row'],
  }

  it.each([
    ['server', SERVER, SERVER_REQUIREMENTS.map(({ id }) => id)],
    ['client', CLIENT, CLIENT_REQUIREMENTS.map(({ id }) => id)],
  ] as const)(
    'of a %s',
    async (kind, base, ids) => {
      const found = await inLanes(ids, 3, async (fault, index) => {
        const failing = [fault, ...(FOLLOWS[`${kind} ${fault}`] ?? [])]
        const others = ids.filter((_, other) => other % 11 === index % 11)
        const leaveOut = ids.filter((id) => !failing.includes(id) && !others.includes(id))
        const command = `${base} -fault ${fault}`
        const limits = { startMs: 5_000, answerMs: 1_500 }
        const options = { kind, source: { command }, program: fault, limits, lanes: 3 }
        return [fault, failed(await checkProgram({ ...options, rubric: { leaveOut } })).sort()]
      })
      const expected = ids.map((fault) => [
        fault,
        [fault, ...(FOLLOWS[`${kind} ${fault}`] ?? [])].sort(),
      ])
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
    },
    150_000,
  )
})
