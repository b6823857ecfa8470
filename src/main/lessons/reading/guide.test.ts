// docs/lessons.md is right: its examples are lessons without mistakes, and it has every field, event, figure and lock.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CONDITION_EVENTS, FIGURES } from '../../../shared/lesson/condition'
import { LOCK_NAMES } from '../../../shared/lesson/locks'
import { FIELD_NAMES } from './fields'
import { BLOCKS } from './prose'
import { readLesson } from './read-lesson'
import { filesOf, HEAD } from './testing'

const ROOT = join(import.meta.dirname, '../../../..')
const guide = readFileSync(join(ROOT, 'docs/lessons.md'), 'utf8')
const START = 'scenarios/start.roundabout-scenario'
const scenario = readFileSync(join(ROOT, 'resources/lesson-template', START), 'utf8')
const examples = [...guide.matchAll(/^(`{3,})(?:markdown|yaml)\n([\s\S]*?)^\1\n/gm)].map(
  ([, , text = '']) => text,
)

/** The example as a whole lesson. */
function lessonWith(example: string): string {
  const first = `## First\n\`\`\`setup\nscenario: ${START}\n\`\`\`\nText.\n`
  if (example.startsWith('---')) return `${example}\n${first}`
  return `${HEAD}\n${first}\n${example.startsWith('##') ? '' : '## Step\n'}${example}\nAfter it.\n`
}

describe('the authors’ guide', () => {
  it.each(examples)('has an example without mistakes: %s', (example) => {
    const { problems } = readLesson(
      filesOf({ 'lesson.md': lessonWith(example), [START]: scenario }),
    )
    expect(problems).toEqual([])
  })

  it('has examples of every kind', () => {
    for (const block of ['---', ...BLOCKS.filter((name) => name !== 'notes')]) {
      expect(examples.some((text) => text.includes(block))).toBe(true)
    }
  })

  it('tells of every block, field, event, figure and lock', () => {
    const names = [...FIELD_NAMES, ...BLOCKS, ...CONDITION_EVENTS, ...FIGURES, ...LOCK_NAMES]
    const missing = names.filter((name) => {
      const escaped = name.replaceAll('.', '[.]')
      return !new RegExp(`(\`|[{ ,])${escaped}(\`|:)`).test(guide)
    })
    expect(missing).toEqual([])
  })
})
