// The files of the built page, read once into memory. Names are looked up exactly as requested, so
// no spelling of a path reaches another file, and a build that runs meanwhile does not break an
// open page.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { CONTENT_TYPES } from '../../shared/content-types'

interface PageFile {
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
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, PageFile>()
  for (const entry of entries) {
    const type = CONTENT_TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    const body = await readFile(path)
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    files.set(`/${relative(folder, path).replaceAll(sep, '/')}`, { body, type, etag })
  }
  return files
}
