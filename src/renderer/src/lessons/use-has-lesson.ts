import { useLesson } from '../lab/lesson'

/** Whether a lesson is open. */
export function useHasLesson(): boolean {
  return useLesson(({ view }) => view !== null)
}
