// The folders that a pattern names: `submissions/*`.
import { lstat, readdir } from 'node:fs/promises'
import { join, normalize, parse, sep } from 'node:path'

const WILD = /[*?]/

/** In order of their names; `*` and `?` stand for letters within one name. */
export async function submissionFolders(pattern: string): Promise<string[]> {
  const path = normalize(pattern)
  const { root } = parse(path)
  const names = path.slice(root.length).split(sep).filter(Boolean)
  let folders = [root]
  for (const name of names) {
    const found = folders.map((folder) =>
      WILD.test(name) ? matching(folder, name) : [join(folder, name)],
    )
    folders = (await Promise.all(found)).flat()
  }
  const exist = await Promise.all(folders.map(isFolder))
  return folders.filter((_, index) => exist[index]).sort()
}

async function matching(folder: string, name: string): Promise<string[]> {
  const letters = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const pattern = new RegExp(`^${letters}$`)
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(
    () => [],
  )
  return entries
    .filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && pattern.test(entry.name),
    )
    .map((entry) => join(folder, entry.name))
}

async function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  )
}

/** Its files with their sizes and times, in order of their names: another list shows that something was changed. */
export async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await lstat(join(folder, name)).catch(() => undefined)
      return found?.isFile() ? [`${name} ${found.size} ${found.mtimeMs}`] : []
    }),
  )
  return files.flat().sort()
}
