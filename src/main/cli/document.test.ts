// Also writes the document: vitest -u.
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { CLI_COMMANDS } from './commands'
import { COMPLETIONS } from './completion'
import { commandLineDocument } from './document'
import { ran } from './testing'

const run = promisify(execFile)
const hasShell = (shell: string) => spawnSync(shell, ['--version']).status === 0
for (const shell of ['zsh', 'fish']) {
  if (!hasShell(shell)) console.warn(`There is no ${shell} here: its completion is not tried.`)
}

it('the document is what the help says', async () => {
  const text = commandLineDocument(CLI_COMMANDS)
  await expect(text).toMatchFileSnapshot('../../../docs/command-line.md')
})

it('every command has a summary, and examples of itself', () => {
  for (const { name, summary, examples } of CLI_COMMANDS) {
    expect(summary).toMatch(/^[A-Z].*[^.]$/)
    expect(examples.length).toBeGreaterThan(0)
    for (const [line] of examples) expect(line).toContain(`roundabout ${name}`)
  }
})

const { bash, zsh, fish } = COMPLETIONS

describe('completion', () => {
  it.each([
    ['roundabout pro', ['proxy']],
    ['roundabout server -l', ['-listen']],
    ['roundabout server --rev', ['--revproc']],
    ['roundabout proxy --algorithm least-c', ['least-connections']],
    ['roundabout proxy -algorithm magl', ['maglev']],
    ['roundabout completion f', ['fish']],
    ['roundabout run pack', ['package-lock.json', 'package.json']],
    ['roundabout help rep', ['replay']],
    ['roundabout lesson li', ['lint', 'list']],
    ['roundabout lesson lint pack', ['package-lock.json', 'package.json']],
  ])('of bash completes "%s"', async (line, replies) => {
    const words = line.split(' ')
    const script = `${bash(CLI_COMMANDS)}
COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _roundabout
printf '%s\\n' "\${COMPREPLY[@]}" | sort`
    const { stdout } = await run('bash', ['--norc', '-c', script])
    expect(stdout.split('\n').filter((reply) => reply !== '')).toEqual(replies)
  })

  it.skipIf(!hasShell('fish')).each([
    ['roundabout pro', 'proxy'],
    ['roundabout server -lis', '-listen'],
    ['roundabout proxy --algorithm magl', 'maglev'],
    ['roundabout help repl', 'replay'],
    ['roundabout run packa', 'package.json'],
    ['roundabout client -pkt packa', 'package.json'],
    ['roundabout proxy packa', ''],
    ['roundabout lesson pa', 'pack'],
    ['roundabout lesson lint packa', 'package.json'],
  ])('of fish completes "%s"', async (line, reply) => {
    const script = `${fish(CLI_COMMANDS)}\ncomplete -C '${line}'`
    const { stdout } = await run('fish', ['--no-config', '-c', script])
    const replies = stdout.split('\n').map((one) => one.split('\t', 1)[0])
    expect(replies).toContain(reply)
  })

  it.skipIf(!hasShell('zsh'))('of zsh is a script that it reads', async () => {
    const { stderr } = await run('zsh', ['-f', '-n', '-c', zsh(CLI_COMMANDS)])
    expect(stderr).toBe('')
  })

  it('names each command and option, in every shell', () => {
    for (const script of [bash, zsh, fish].map((shell) => shell(CLI_COMMANDS))) {
      for (const { name } of CLI_COMMANDS) expect(script).toContain(name)
      expect(script).toContain('revproc')
    }
  })

  it('is printed by its command', async () => {
    expect(await ran(['completion', 'fish'])).toMatchObject({
      status: 0,
      out: fish(CLI_COMMANDS).trimEnd(),
    })
    expect(await ran(['completion', 'tcsh'])).toMatchObject({
      status: 2,
      told: 'There is completion for bash, zsh, fish.',
    })
  })
})
