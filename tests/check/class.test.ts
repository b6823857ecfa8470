// A whole class: submissions in folders, a row for each, and a run that is resumed.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PROXY_REQUIREMENTS } from '../../src/main/check/requirements/proxy'
import { ran } from '../../src/main/cli/testing'

const TRIED = ['one-exchange', 'round-robin', 'nobody-serves']
const command = `"${process.execPath}" proxy.mjs -port {port}`

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homework-class-'))
  for (const name of ['ada', 'bob', 'cleo'])
    mkdirSync(join(folder, 'submissions', name), { recursive: true })
  const proxy = join(import.meta.dirname, 'programs', 'proxy.mjs')
  copyFileSync(proxy, join(folder, 'submissions', 'ada', 'proxy.mjs'))
  const text = readFileSync(proxy, 'utf8')
  const silent = text.replace(
    /if \(servers[.]length === 0\) return .*/,
    'if (servers.length === 0) process.exit(3)',
  )
  expect(silent).not.toBe(text)
  writeFileSync(join(folder, 'submissions', 'bob', 'proxy.mjs'), silent)
  writeFileSync(join(folder, 'submissions', 'notes.txt'), 'no submission')
  const leaveOut = PROXY_REQUIREMENTS.map(({ id }) => id).filter((id) => !TRIED.includes(id))
  writeFileSync(join(folder, 'rubric.json'), JSON.stringify({ leaveOut }))
})

afterEach(() => rmSync(folder, { recursive: true }))

function checkClass(...more: string[]) {
  return ran([
    ...['check', 'proxy', '--command', command, '--each', join(folder, 'submissions', '*')],
    ...['--results', join(folder, 'results'), '--rubric', join(folder, 'rubric.json')],
    ...['--start-limit', '2000', ...more],
  ])
}

describe('a class', () => {
  it('gets a row for each submission, and files for each', async () => {
    const { status, out, told } = await checkClass('--format', 'csv')
    expect(out.split('\r\n')).toEqual([
      'program,points,of,passed,failed,not tried,dialect,one-exchange,round-robin,nobody-serves',
      'ada,17,17,3,0,0,as assigned,passed,passed,passed',
      'bob,14,17,2,1,0,as assigned,passed,passed,ends',
      'cleo,0,17,0,1,2,unknown: the program never listened,ends,not tried,not tried',
    ])
    expect(status).toBe(1)
    expect(told.split('\n')).toHaveLength(3)
    expect(readdirSync(join(folder, 'results')).sort()).toEqual(
      ['ada', 'bob', 'cleo'].flatMap((name) => [`${name}.html`, `${name}.json`]),
    )
    const bob = JSON.parse(readFileSync(join(folder, 'results', 'bob.json'), 'utf8'))
    expect(bob.requirements[2].evidence.came).toContain('the program ended (exit status 3)')
  })

  it('is resumed: what has been checked is not checked again, unless it or the rubric has changed', async () => {
    await checkClass()
    appendFileSync(join(folder, 'submissions', 'bob', 'proxy.mjs'), '// handed in again')
    const { told, out } = await checkClass()
    const lines = told.split('\n').sort()
    expect(lines.filter((line) => line.endsWith('checked before'))).toHaveLength(2)
    expect(lines.find((line) => line.includes('bob'))).toMatch(/2 of 3 passed, 14 of 17 points$/)
    expect(out.split('\n')[1]).toBe('bob   2 of 3  14 of 17 points  first: nobody-serves')

    writeFileSync(join(folder, 'rubric.json'), '{"leaveOut": []}')
    rmSync(join(folder, 'submissions', 'ada'), { recursive: true })
    rmSync(join(folder, 'submissions', 'bob'), { recursive: true })
    expect((await checkClass()).told).toMatch(/^1 of 1: cleo: 0 of 34 passed, 0 of 100 points$/)
  })

  it.each([
    [['--format', 'html'], 'A class is reported as text, json or csv'],
    [['--each', 'no/such/*'], 'There is no folder no/such/*.'],
  ])('%j is refused', async (args, sentence) => {
    const { status, told } = await checkClass(...args)
    expect([status, told]).toEqual([2, expect.stringContaining(sentence)])
  })
})
