// The files of the built page, read once into memory. Names are looked up exactly as requested, so
// no spelling of a path reaches another file, and a build that runs meanwhile does not break an
// open page.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { CONTENT_TYPES } from '../../shared/content-types'

export interface PageFile {
  body: Buffer
  type: string
  /** Identifies this content for browser caches. */
  etag: string
}

/**
 * Returns the files by their URL paths: `/index.html`, `/assets/index-1.js`. Leaves out file types
 * that a page does not need.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>()
  await readInto(files, folder, '')
  return files
}

/** Folder by folder: within a packaged app, not every version of Electron lists folders with those in them. */
async function readInto(files: Map<string, PageFile>, folder: string, path: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const at = join(folder, entry.name)
    if (entry.isDirectory()) await readInto(files, at, `${path}/${entry.name}`)
    const type = CONTENT_TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const body = await readFile(at)
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    files.set(`${path}/${entry.name}`, { body, type, etag })
  }
}
