import { expect, it } from 'vitest'
import type { Bridge } from '../../../shared/contract'
import type { LessonUpdate } from '../../../shared/lesson/lesson-line'
import { chooseServer, shownAnswer, startLesson, useLesson } from './lesson'
import { askGate, lessonView } from './testing'

function followed() {
  let tell = (_: LessonUpdate) => {}
  const bridge = {
    onLesson(listener: (update: LessonUpdate) => void) {
      tell = listener
      return () => {}
    },
  } as Bridge
  startLesson(bridge)
  return (view: ReturnType<typeof lessonView> | null) => tell({ kind: 'lesson', view })
}

it('keeps what was chosen until the question is answered or another one is asked', () => {
  const tell = followed()
  tell(lessonView())
  expect(chooseServer('200')).toBe(false)
  expect(chooseServer('300')).toBe(true)
  tell(lessonView({ mistakes: [] }))
  expect(shownAnswer(useLesson.getState())).toEqual({ kind: 'server', server: '300' })
  const gate = askGate({ answer: { kind: 'server', server: '100' } })
  tell(lessonView({ phase: 'revealing', gate }))
  expect(useLesson.getState().draft).toBeNull()
  expect(shownAnswer(useLesson.getState())).toEqual({ kind: 'server', server: '100' })
  expect(chooseServer('300')).toBe(false)
  tell(lessonView())
  expect(chooseServer('300')).toBe(true)
  tell(lessonView({ at: 2 }))
  expect(useLesson.getState().draft).toBeNull()
  tell(null)
  expect(chooseServer('300')).toBe(false)
})
