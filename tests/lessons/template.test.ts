// The lesson that an author begins with is one that plays.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { folderFiles } from '../../src/main/lessons/reading/folder'
import { readLesson } from '../../src/main/lessons/reading/read-lesson'
import type { Truth } from '../../src/shared/lesson/answer'
import { playLesson } from './player'

const TEMPLATE = join(import.meta.dirname, '../../resources/lesson-template')

it('the template is played from the first step to the last', async () => {
  const { lesson, problems } = readLesson(await folderFiles(TEMPLATE))
  expect(problems).toEqual([])
  if (lesson === undefined) throw new Error('It cannot be played.')
  const truths: (Truth | null)[] = [
    null,
    { kind: 'server', server: '100' },
    { kind: 'order', servers: ['300', '100', '300'] },
    null,
    null,
  ]
  const sends = [{ type: 'sendMessage', client: 'client:2', count: 2 }]
  const played = await playLesson(lesson, 'right', { truths, solutions: () => sends })
  expect(played.map(({ outcome }) => outcome)).toEqual([null, 'right', 'right', 'done', 'done'])
})
