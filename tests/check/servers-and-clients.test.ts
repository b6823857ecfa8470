// Servers and clients: faultless ones and the examples pass, and a planted fault fails its requirement and what follows.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkProgram, requirementsOf } from '../../src/main/check'
import { inLanes } from '../../src/main/check/lanes'
import { CLIENT_REQUIREMENTS } from '../../src/main/check/requirements/client'
import { SERVER_REQUIREMENTS } from '../../src/main/check/requirements/server'
import type { ProgramKind } from '../../src/main/programs'
import type { HomeworkResult } from '../../src/shared/check/result'

const isWindows = process.platform === 'win32'
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here: its servers and clients are not checked.')
// Windows takes two seconds to say that nobody listens: hundreds of starts would take minutes.
const canPlant = hasPython && !isWindows

const hasJava = spawnSync('javac', ['-version']).status === 0
if (!hasJava) console.warn('There is no javac here: the examples in Java are not checked.')
// Theirs are POSIX sockets.
const hasC = !isWindows && spawnSync('cc', ['--version']).status === 0
if (!hasC)
  console.warn('There is no cc with POSIX sockets here: the examples in C are not checked.')

const examplePath = (name: string) => join(import.meta.dirname, '../../examples', name)
const example = (name: string) => `"${examplePath(name)}"`
const program = (name: string) => `"${join(import.meta.dirname, 'programs', name)}"`

const SERVER = `python3 ${program('server.py')} -id {id} -pp {policy} -listen {listen} -revproc {revproc}`
const PROXY = `python3 ${program('proxy.py')} -port {port}`
const CLIENT = `python3 ${program('client.py')} -id {id} -revproc {revproc} -pkt {packet}`
const SERVER_OPTIONS = '-id {id} -pp {policy} -listen {listen} -revproc {revproc}'
const CLIENT_OPTIONS = '-id {id} -revproc {revproc} -pkt {packet}'

/** Compiled programs of the examples. */
const built = mkdtempSync(join(tmpdir(), 'starters-'))
afterAll(() => rmSync(built, { recursive: true }))
const inBuilt = (...names: string[]) => `"${join(built, ...names)}"`

const COMMANDS: readonly (readonly [string, ProgramKind, string])[] = [
  ['the faultless server in Python', 'server', SERVER],
  ['the faultless client in Python', 'client', CLIENT],
  ['examples/server.py', 'server', `python3 ${example('server.py')} ${SERVER_OPTIONS}`],
  ['examples/client.py', 'client', `python3 ${example('client.py')} ${CLIENT_OPTIONS}`],
  [
    'examples/server.mjs',
    'server',
    `"${process.execPath}" ${example('server.mjs')} ${SERVER_OPTIONS}`,
  ],
  [
    'examples/client.mjs',
    'client',
    `"${process.execPath}" ${example('client.mjs')} ${CLIENT_OPTIONS}`,
  ],
]

/** Compiled once: from source, each of the hundred starts would take a second. */
const JAVA = `java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp`
const IN_JAVA = [
  ['Server.java', 'server', `${JAVA} ${inBuilt('Server.java')} Server ${SERVER_OPTIONS}`],
  ['Client.java', 'client', `${JAVA} ${inBuilt('Client.java')} Client ${CLIENT_OPTIONS}`],
] as const
const IN_C = [
  ['server.c', 'server', `${inBuilt('server')} ${SERVER_OPTIONS}`],
  ['client.c', 'client', `${inBuilt('client')} ${CLIENT_OPTIONS}`],
] as const

function failed({ requirements }: HomeworkResult): string[] {
  return requirements.flatMap(({ id, outcome }) => (outcome === 'failed' ? [id] : []))
}

async function passes(kind: ProgramKind, command: string): Promise<void> {
  const result = await checkProgram({ kind, source: { command }, program: command })
  expect(result.requirements.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  expect(result.dialect).toBe('as assigned')
}

function compile(command: string, words: readonly string[]): void {
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
}

describe('the check passes', () => {
  const ours = COMMANDS.filter(([, , command]) => hasPython || !command.startsWith('python3'))
  it.each(ours)('%s', (_, kind, command) => passes(kind, command))
})

describe.skipIf(!hasJava)('the check passes the example in Java', () => {
  beforeAll(() => {
    for (const [name] of IN_JAVA) {
      // Each by itself: one file has all that it needs, and both have a JsonReader.
      compile('javac', [
        '--release',
        '11',
        '-Xlint:all',
        '-d',
        join(built, name),
        examplePath(name),
      ])
    }
  })
  it.each(IN_JAVA)('%s', (_, kind, command) => passes(kind, command))
})

describe.skipIf(!hasC)('the check passes the example in C', () => {
  beforeAll(() => {
    for (const [name, kind] of IN_C) compile('cc', ['-o', join(built, kind), examplePath(name)])
  })
  it.each(IN_C)('%s', (_, kind, command) => passes(kind, command))
})

/** The long form: all that many times. */
const TIMES = Number(process.env.CHECK_LONG_FORM ?? 0)
const times = Array.from({ length: TIMES }, (_, time) => time + 1)

const PLANTED = [
  ['server', SERVER, SERVER_REQUIREMENTS.map(({ id }) => id)],
  ['client', CLIENT, CLIENT_REQUIREMENTS.map(({ id }) => id)],
] as const

/** What follows from a fault, besides the requirement of its name. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  'server registers': ['one-answer', 'registration-fields'],
  'server nothing-after': ['two-questions'],
  'server payload-1500': ['payload-200000'],
  'server split-question': ['payload-200000'],
  'server fresh-hash': ['two-questions', 'five-at-once', 'fifty-in-a-row'],
}
const failing = (kind: ProgramKind, fault: string) => [
  fault,
  ...(FOLLOWS[`${kind} ${fault}`] ?? []),
]

/** Which of these requirements a program with this fault fails. */
async function failedWith(
  kind: ProgramKind,
  command: string,
  tried: readonly string[],
): Promise<string[]> {
  const leaveOut = requirementsOf(kind).flatMap(({ id }) => (tried.includes(id) ? [] : [id]))
  const limits = { startMs: 5_000, answerMs: 1_500 }
  const options = { kind, source: { command }, program: command, limits, lanes: 3 }
  return failed(await checkProgram({ ...options, rubric: { leaveOut } })).sort()
}

describe.skipIf(!canPlant)('a planted fault fails its requirement and what follows from it', () => {
  it.each(PLANTED)(
    'of a %s',
    async (kind, base, ids) => {
      const found = await inLanes(ids, 3, async (fault, index) => {
        const others = ids.filter((_, other) => other % 11 === index % 11)
        const tried = [...failing(kind, fault), ...others]
        return [fault, await failedWith(kind, `${base} -fault ${fault}`, tried)]
      })
      const expected = ids.map((fault) => [fault, failing(kind, fault).sort()])
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
    },
    150_000,
  )
})

describe.skipIf(!canPlant || TIMES === 0)('in the long form', () => {
  const each = PLANTED.flatMap(([kind, base, ids]) => ids.map((id) => [kind, id, base] as const))
  it.each(each)(
    'a %s with the fault %s fails its requirement and what follows, each time',
    async (kind, fault, base) => {
      const command = `${base} -fault ${fault}`
      const all = requirementsOf(kind).map(({ id }) => id)
      expect(await failedWith(kind, command, all)).toEqual(failing(kind, fault).sort())
      const own = await inLanes(times, 3, () => failedWith(kind, command, failing(kind, fault)))
      expect(own).toEqual(times.map(() => failing(kind, fault).sort()))
    },
    600_000,
  )

  const faultless = PLANTED.flatMap(([kind, base]) =>
    times.map((time) => [kind, time, base] as const),
  )
  it.each(faultless)('the faultless %s passes (%i)', (kind, _, base) => passes(kind, base))
})

describe.skipIf(!canPlant)('a program that is unusual, but right', () => {
  it.each<[ProgramKind, string, readonly string[], readonly string[]]>([
    ['server', 'serial', ['five-at-once', 'fifty-in-a-row'], []],
    ['server', 'waits-for-the-end', ['one-answer'], []],
    ['server', 'waits-for-an-answer', ['registers', 'one-answer', 'two-questions'], ['one-answer']],
    ['client', 'stays', ['asks-once', 'shows-answer', 'no-answer'], ['shows-answer']],
    ['client', 'other-key', ['one-question', 'question-fields'], []],
    ['client', 'id-as-port', ['question-fields', 'asks-once', 'late-answer'], []],
    ['proxy', 'starts-with-the-second', ['round-robin', 'registration-order'], []],
  ])('a %s that does “%s”: of %j fail %j', async (kind, oddity, tried, failing) => {
    const base = { proxy: PROXY, server: SERVER, client: CLIENT }[kind]
    const leaveOut = requirementsOf(kind).map(({ id }) => id)
    const result = await checkProgram({
      kind,
      source: { command: `${base} -fault ${oddity}` },
      program: oddity,
      limits: { startMs: 3_000, answerMs: 1_500 },
      rubric: { leaveOut: leaveOut.filter((id) => !tried.includes(id)) },
    })
    expect(failed(result)).toEqual(failing)
  })
})
