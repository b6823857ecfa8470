// The lesson that an author begins with: copied from resources/lesson-template/, under a name of its own.
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { folderFiles } from './folder'
import { LESSON_TEXT } from './problems'

const FALLBACK = 'my-lesson'
const MOST_ID_CHARS = 60

/** Writes it into the folder, which must not have a lesson yet. Rejects with the system's error if it cannot be written. */
export async function writeTemplate(template: string, folder: string): Promise<void> {
  const { bytes } = await folderFiles(template)
  for (const [name, content] of bytes) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    const text = Buffer.from(content).toString('utf8')
    // Never over a file of the author's.
    const flag = 'wx'
    await writeFile(path, name === LESSON_TEXT ? named(text, basename(resolve(folder))) : text, {
      flag,
    })
  }
}

/** The lesson's id and title, made of the folder's name: `03-round-robin` → “Round robin”. */
function named(text: string, folder: string): string {
  const words = folder
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  const id = words.replaceAll(' ', '-').slice(0, MOST_ID_CHARS).replace(/-$/, '') || FALLBACK
  const title = words.replace(/^\d+ /, '')
  const shown = title === '' ? 'My lesson' : `${title[0]?.toUpperCase()}${title.slice(1)}`
  return text
    .replace(/^id: my-lesson/m, `id: ${quoted(id)}`)
    .replace(/^title: .*$/m, `title: ${quoted(shown)}`)
}

/** Without quotes, YAML reads digits or `null` as something other than a text. */
const quoted = (text: string) => (/^[A-Za-z]+[ -]/.test(text) ? text : JSON.stringify(text))
