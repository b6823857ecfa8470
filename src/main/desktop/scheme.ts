// Serves the built renderer, and nothing else, at app://roundabout/. Unlike file:// it is an origin
// of its own, takes headers, and cannot reach the rest of the disk.
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { CustomScheme } from 'electron'
import { CONTENT_TYPES } from '../../shared/content-types'
import { pageHeaders } from '../../shared/page-headers'
import { isSameOrigin } from './origin'

const APP_ORIGIN = 'app://roundabout'
export const APP_URL = `${APP_ORIGIN}/index.html`

/**
 * `codeCache` keeps compiled scripts, so the second start is quicker. Electron 25's type
 * definitions lack it and its binary ignores it.
 */
const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }

/** Register it before Electron is ready. */
export const APP_SCHEME: CustomScheme = { scheme: 'app', privileges }

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

/**
 * File names as the build makes them. None begins with a dot, so on no system does one lead out of
 * the folder.
 */
const PLAIN_PATH = /^(\/\w[\w.-]*)+$/

/**
 * Returns the file that an address names; undefined if the address is not the app's or not one that
 * the build could have made.
 */
export function filePath(folder: string, address: string): string | undefined {
  if (!isSameOrigin(address, APP_URL)) return undefined
  const { pathname } = new URL(address)
  return PLAIN_PATH.test(pathname) ? join(folder, pathname) : undefined
}
