// The app's own address, app://roundabout/: serves the built renderer and nothing else. Unlike file:// it is
// an origin of its own, takes headers, and cannot reach the rest of the disk.
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { CustomScheme } from 'electron'
import { pageHeaders } from '../../shared/page-headers'

export const APP_ORIGIN = 'app://roundabout'
export const APP_URL = `${APP_ORIGIN}/index.html`

/** To be registered before Electron is ready. */
export const APP_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers requests for the app's own address with the files of `folder`. */
export function serveFolder(folder: string): (request: Request) => Promise<Response> {
  const headers = pageHeaders()
  const refuse = (status: number) => new Response(null, { status, headers })
  return async ({ method, url }) => {
    if (method !== 'GET') return refuse(405)
    const path = filePath(folder, url)
    const type = path && CONTENT_TYPES[extname(path)]
    if (path === undefined || type === undefined) return refuse(404)
    try {
      const body = new Uint8Array(await readFile(path))
      return new Response(body, { headers: { ...headers, 'Content-Type': type } })
    } catch {
      return refuse(404)
    }
  }
}

/** The file that an address names; undefined where it is not the app's, or leads out of the folder. */
export function filePath(folder: string, address: string): string | undefined {
  let path: string
  try {
    const url = new URL(address)
    if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return undefined
    path = decodeURIComponent(url.pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const root = normalize(folder + sep)
  const found = normalize(join(root, path))
  return found.startsWith(root) ? found : undefined
}
