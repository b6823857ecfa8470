// Reads what the app has copied. Its page may write the clipboard but not read it, so another page
// pastes it, as a person does.
import type { App } from './app'

export async function clipboardText({ page, electron }: App): Promise<string> {
  if (electron) return electron.evaluate(({ clipboard }) => clipboard.readText())
  const other = await page.context().newPage()
  await other.setContent('<textarea></textarea>')
  const field = other.locator('textarea')
  await field.press('ControlOrMeta+v')
  const text = await field.inputValue()
  await other.close()
  return text
}
