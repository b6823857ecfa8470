import { expect, it } from 'vitest'
import { createManualClock } from '../clock/manual-clock'
import { Journal } from './journal'
import type { Page } from './page'

function say(journal: Journal, text: string): void {
  journal.emit({ type: 'log', node: 'proxy', level: 'info', text })
}

function rowsOf({ events }: Page): string {
  return new TextDecoder().decode(events.rowsOf(0, events.count))
}

it('keeps its events until the last reader is done, and then its memory serves a later page', () => {
  const journal = new Journal(createManualClock())
  const { page } = journal.end
  page.keep()
  page.keep()
  say(journal, 'the first page')
  const rows = rowsOf(page)
  expect(rows).toContain('the first page')

  for (let pages = 0; pages < 9; pages++) {
    journal.turnPage()
    say(journal, 'another page')
  }
  page.release()
  expect(rowsOf(page)).toBe(rows)

  const first = page.events.rowsOf(0, 1).buffer
  page.release()
  expect(page.events.count).toBe(0)
  expect(rowsOf(page)).toBe('')
  journal.turnPage()
  say(journal, 'a later page')
  expect(journal.end.page.events.rowsOf(0, 1).buffer).toBe(first)
  expect(rowsOf(journal.end.page)).toContain('a later page')
  expect(rowsOf(journal.end.page)).not.toContain('first')
})
