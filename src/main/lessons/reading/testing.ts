// For tests: the files of a lesson, written in place, and the problems that are found in them.
import type { LessonFiles } from './lesson-files'
import { readLesson } from './read-lesson'

const encoder = new TextEncoder()

/** `files`: texts or bytes by their names. */
export function filesOf(files: Readonly<Record<string, string | Uint8Array>>): LessonFiles {
  const bytes = Object.entries(files).map(([name, content]): [string, Uint8Array] => [
    name,
    typeof content === 'string' ? encoder.encode(content) : content,
  ])
  return { bytes: new Map(bytes), problems: [] }
}

export const HEAD = `---
format: roundabout-lesson
version: 1
id: two-turns
title: Two turns
summary: Each policy has its own turn.
minutes: 10
misbelief: There is one turn for all.
---
`

export const SCENARIO = JSON.stringify({
  format: 'roundabout-scenario',
  version: 1,
  servers: [
    { id: '100', policy: '111' },
    { id: '200', policy: '222' },
  ],
  clients: [{ id: '1', policy: '111', payload: 'hello' }],
})

export const START = 'scenarios/start.roundabout-scenario'
export const SETUP = `\`\`\`setup
scenario: ${START}
\`\`\`
`

/** The problems of a lesson with these steps, each as `line problem`; a warning has a `?` after its line. */
export function problemsOf(
  steps: string,
  files: Record<string, string | Uint8Array> = {},
  head = HEAD,
) {
  const { problems } = readLesson(
    filesOf({ 'lesson.md': head + steps, [START]: SCENARIO, ...files }),
  )
  return problems.map(
    ({ file, line, problem, isWarning }) =>
      `${file === 'lesson.md' ? '' : `${file}:`}${line}${isWarning ? '?' : ''} ${problem}`,
  )
}

/** Lines of a step begin at 10, after the head; those of a block at 16. */
export const asking = (block: string, after = 'So it is.') => `## Step
${SETUP}
\`\`\`${block}
\`\`\`
${after}
`
