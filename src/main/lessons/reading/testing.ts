// For tests: the files of a lesson, written in place.
import type { LessonFiles } from './lesson-files'

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
