// The command `check`, with a real program.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PROXY_REQUIREMENTS } from '../../src/main/check/requirements/proxy'
import { ran } from '../../src/main/cli/testing'

const ALL = PROXY_REQUIREMENTS.map(({ id }) => id)
const proxy = join(import.meta.dirname, 'programs', 'proxy.mjs')
const command = `"${process.execPath}" "${proxy}" -port {port}`

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'homework-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

describe('check proxy', () => {
  it('takes points and what to leave out from a rubric, and ends with 0 if all passed', async () => {
    const rubric = join(folder(), 'rubric.json')
    const ids = ['round-robin', 'right-policy']
    const { told } = await ran(['check', 'proxy', '--command', command, '--rubric', 'no-such-file'])
    expect(told).toContain('no-such-file')
    const none = await ran(['check', 'proxy', '--command', command, '--rubric', writeRubric([])])
    expect(none.told).toMatch(/which is no requirement/)

    const { out, status } = await ran([
      'check',
      'proxy',
      '--command',
      command,
      '--rubric',
      writeRubric(ids),
      '--json',
    ])
    expect(status).toBe(0)
    const report = JSON.parse(out)
    expect(report).toMatchObject({ passed: 2, failed: 0, points: 24 })
    expect(report.requirements.map(({ id }: { id: string }) => id)).toEqual(ids)

    function writeRubric(kept: readonly string[]): string {
      const leaveOut =
        kept.length === 0 ? ['nothing-like-it'] : ALL.filter((id) => !kept.includes(id))
      writeFileSync(rubric, JSON.stringify({ points: { 'round-robin': 21 }, leaveOut }))
      return rubric
    }
  })

  it.each([
    [['proxy'], '--command says how the program is started; or --port, if it runs.'],
    [['proxy', '--command', 'a', '--port', '1'], 'Give either --command or --port, not both.'],
    [
      ['proxy', '--command', 'a'],
      'The command needs {port}: the port that the proxy listens on goes there.',
    ],
    [['proxy', '--command', 'no-such-program {port}'], 'could not be started'],
  ])('%j is refused with 2', async (args, sentence) => {
    const { status, told } = await ran(['check', ...args])
    expect(told).toContain(sentence)
    expect(status).toBe(2)
  })

  it('tells Gradescope, too, that the program could not be started', async () => {
    const args = ['proxy', '--command', 'no-such-program {port}', '--format', 'gradescope']
    const { status, out } = await ran(['check', ...args])
    expect(status).toBe(2)
    expect(JSON.parse(out)).toMatchObject({
      score: 0,
      output: expect.stringContaining('The program could not be started'),
    })
  })

  it('ends with 1 if something failed', async () => {
    const sleeps = `"${process.execPath}" -e "setTimeout(() => {}, 60000)" {port}`
    const args = ['check', 'proxy', '--command', sleeps, '--start-limit', '500', '--format', 'csv']
    const { status, out } = await ran(args)
    expect(status).toBe(1)
    expect(out).toContain('unknown: the program never listened,hangs,not tried')
  })

  it('stops with its programs', async () => {
    const stopped = AbortSignal.abort()
    const { status, out } = await ran(['check', 'proxy', '--command', command], { stopped })
    expect([status, out]).toEqual([130, ''])
  })
})
