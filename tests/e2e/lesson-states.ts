// The states of the screen in a lesson: its text, a question, what it reveals, and the list of lessons.
import type { Page } from 'playwright-core'
import { choose, openFile } from './files'
import { LESSON_NAME, lessonFile } from './lesson-file'
import type { Visit } from './main-states'

export async function walkLessonStates(page: Page, at: Visit): Promise<void> {
  const column = page.getByRole('complementary', { name: 'Lesson', exact: true })
  await openFile(page, LESSON_NAME, lessonFile())
  await column.getByRole('heading', { name: 'Two policies' }).waitFor()
  await at('lesson', '.lesson')
  await column.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: /waits at the decision/ }).waitFor()
  await page.getByRole('button', { name: /^Server 300,/ }).click()
  await at('lesson-question')
  await column.getByRole('button', { name: 'Reveal' }).click()
  await column.getByText('Not as you expected', { exact: true }).waitFor()
  await at('lesson-reveal', '.lesson, .canvas-place')
  await choose(page, 'Lessons…')
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('heading').nth(1).waitFor()
  await at('lessons', 'dialog')
  await page.keyboard.press('Escape')
}
