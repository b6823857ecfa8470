// A result as a file that can be handed in.
import type { ResultFormat } from '../../../shared/lesson/lesson-line'
import { csvResult } from './csv'
import { htmlResult } from './html'
import { lessonResult, type ResultOf } from './result'

interface ResultFile {
  readonly name: string
  readonly type: string
  readonly text: string
}

export function resultFile(of: ResultOf, format: ResultFormat): ResultFile {
  const result = lessonResult(of)
  const who = of.name
    ?.trim()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  const base = [of.lesson.id, who].filter(Boolean).join('-')
  switch (format) {
    case 'json':
      return {
        name: `${base}.json`,
        type: 'application/json',
        text: `${JSON.stringify(result, null, 2)}\n`,
      }
    case 'csv':
      return { name: `${base}.csv`, type: 'text/csv', text: csvResult(result) }
    case 'html':
      return { name: `${base}.html`, type: 'text/html', text: htmlResult(result) }
  }
}
