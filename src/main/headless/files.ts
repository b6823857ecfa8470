// The built page's files, read once: a name is looked up exactly as it came, so that no spelling of a path leads
// anywhere else, and a build that goes on meanwhile takes nothing away from a page that is open.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { CONTENT_TYPES } from '../../shared/content-types'

export interface PageFile {
  body: Buffer
  type: string
  /** Names this content, for browsers that have it already. */
  etag: string
}

/** By their paths in addresses: `/index.html`, `/assets/index-1.js`. Files of types that no page has are left out. */
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
