// While a lesson is written: what is wrong with it, by file and line.
import { TriangleAlert } from 'lucide-react'
import type { LessonProblem } from '../../../shared/lesson/lesson'

export function Mistakes({ mistakes }: { mistakes: readonly LessonProblem[] }) {
  if (mistakes.length === 0) return null
  return (
    <section className="lesson-mistakes" aria-label="Mistakes in the lesson">
      <ul>
        {mistakes.map(({ file, line, problem, isWarning }) => (
          <li key={`${file} ${line} ${problem}`} data-warning={isWarning || undefined}>
            <TriangleAlert size={15} aria-hidden="true" />
            <span>
              <code>{line === 0 ? file : `${file}:${line}`}</code> {isWarning && 'Warning: '}
              {problem}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
