// A lesson on the screen, from its file to the result: the question on a real message that waits, answered on the graph.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { openFile, savedBy } from './files'
import { LESSON_NAME, lessonFile } from './lesson-file'

const test = appTest({ latencyMs: 100 })

test('a message waits for a prediction, which is given on the graph', async ({ app }) => {
  const { page } = app
  const lesson = page.getByRole('complementary', { name: 'Lesson', exact: true })
  const next = lesson.getByRole('button', { name: 'Next' })
  await openFile(page, LESSON_NAME, lessonFile())
  await lesson.getByRole('heading', { name: 'Two policies' }).waitFor()
  await lesson.getByRole('img', { name: 'The two rings' }).waitFor()
  await lesson.getByText('(https://example.com/assignment)').waitFor()
  expect(await lesson.locator('a').count()).toBe(0)

  await next.click()
  await page.getByRole('button', { name: /waits at the decision.*nothing decided yet/ }).waitFor()
  await expectNothingGivenAway(page)
  const add = page.getByRole('button', { name: 'Add server' })
  expect(await add.getAttribute('aria-disabled')).toBe('true')

  const reveal = lesson.getByRole('button', { name: 'Reveal' })
  expect(await reveal.getAttribute('aria-disabled')).toBe('true')
  // By key, and then on the graph.
  await page.keyboard.press('q')
  await page.keyboard.press('1')
  expect(await lesson.getByRole('radio', { name: /^Server 100/ }).isChecked()).toBe(true)
  await page.getByRole('button', { name: /^Server 300,/ }).click()
  expect(await lesson.getByRole('radio', { name: /^Server 300/ }).isChecked()).toBe(true)
  await page.getByRole('button', { name: /^Server 300,.*, your answer$/ }).waitFor()
  await app.screenshot('lesson-question')
  await page.keyboard.press('y')

  await lesson.getByText('Not as you expected', { exact: true }).waitFor()
  await lesson.getByRole('heading', { name: 'Why server 100?' }).waitFor()
  await lesson.getByText('The one that registered first.').waitFor()
  await page.getByRole('button', { name: /^Server 100,.*, this one it was$/ }).waitFor()
  await app.screenshot('lesson-reveal')

  // The key for “Reveal” works in the field for a number, too.
  await next.click()
  await lesson.getByText('Enter answers.').waitFor()
  await page.keyboard.press('q')
  await page.keyboard.type('1y')
  await lesson.getByText('Right', { exact: true }).waitFor()
  await lesson.getByText('An answer within ±1 of it is right.').waitFor()
  await app.screenshot('lesson-number')

  await next.click()
  await lesson.getByRole('button', { name: 'A hint' }).click()
  await lesson.getByText('Select client 2.').waitFor()
  await page.getByRole('button', { name: /^Client 2,/ }).click()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await lesson.getByText('Done', { exact: true }).waitFor()

  await next.click()
  await lesson.getByRole('textbox', { name: 'Why two turns?' }).fill('Two lists.')
  await lesson.getByRole('button', { name: 'Compare it with a model answer' }).click()
  await lesson.getByText('Each policy has its own list.').waitFor()
  await lesson.getByText(/1 of 2 predictions came true/).waitFor()
  await lesson.getByRole('button', { name: 'Hand in' }).last().click()
  await page.getByLabel('Your name, if you like').fill('Ada')
  const saved = await savedBy(app, () => page.getByRole('button', { name: /^JSON/ }).click())
  const text = saved.bytes.toString()
  expect(text).toContain('"Ada"')
  expect(text).toContain('Two lists.')

  await lesson.getByRole('button', { name: 'Close the lesson' }).click()
  await lesson.waitFor({ state: 'detached' })
  expect(app.errors).toEqual([])
})

/** Neither the ring, nor the names that screen readers read, nor the table tells whose turn it is in policy 111. */
async function expectNothingGivenAway(page: Page): Promise<void> {
  await page.locator('.roundabout-turn', { hasText: /next for 111\s*→\s*\?/ }).waitFor()
  await page.getByRole('group', { name: /^Reverse proxy.*next for 111: \?/ }).waitFor()
  expect(await page.locator('.ring-pointer').count()).toBe(2)
  await page.keyboard.press('3')
  const table = page.getByRole('grid', { name: 'Message switching table' })
  await table.getByRole('row', { name: /^200 .*next in turn/ }).waitFor()
  expect(await table.getByText('next in turn').count()).toBe(1)
}
