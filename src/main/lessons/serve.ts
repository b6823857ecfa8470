// Connects operators' pages to the lesson that is open.
import * as v from 'valibot'
import { UNQUOTED } from '../../shared/issue-text'
import { lessonRequest, type ServeLessons } from '../../shared/lesson/lesson-line'
import type { LessonRunner } from './runner'

export function serveLessons(runner: LessonRunner): ServeLessons {
  return (tell) => {
    let isHeard = true
    const say: typeof tell = (update) => {
      if (isHeard) tell(update)
    }
    const stop = runner.onChange((view) => say({ kind: 'lesson', view }))
    say({ kind: 'lesson', view: runner.view })
    return {
      request(asked) {
        const request = v.safeParse(lessonRequest, asked, UNQUOTED)
        if (request.success) {
          void runner.request(request.output, say)
          return
        }
        const [issue] = request.issues
        const path = v.getDotPath(issue)
        say({ kind: 'refused', error: path ? `${path}: ${issue.message}` : issue.message })
      },
      stop() {
        isHeard = false
        stop()
      },
    }
  }
}
