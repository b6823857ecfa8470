// What other features use of lessons.
import { lazily } from '../ui/lazily'

export { LessonsDialog } from './LessonsDialog'
export { startLessons } from './start'
export { startNotes } from './start-notes'
export { useHasLesson } from './use-has-lesson'

/** The column with the step's text. Its code, with that for Markdown, comes when the page has nothing else to do. */
export const LessonColumn = lazily(async () => (await import('./LessonColumn')).LessonColumn)

/** The window with the presenter's notes. */
export const NotesPage = lazily(async () => (await import('./NotesPage')).NotesPage)
