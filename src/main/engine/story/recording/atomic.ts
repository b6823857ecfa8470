// Writes small files so that each always has either its old or its new content.
import { rename, unlink, writeFile } from 'node:fs/promises'

/** Readable only by its owner: messages may be somebody's homework. */
export const OWNER_ONLY = 0o600

let count = 0

/** Rejects if the file cannot be written; it then has its old content. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}-${++count}.new`
  try {
    await writeFile(beside, text, { mode: OWNER_ONLY })
    await rename(beside, path)
  } catch (error) {
    await unlink(beside).catch(() => {})
    throw error
  }
}
