// Who may come in: the token of this run, and requests that are really meant for this host. A page elsewhere
// can make a browser call 127.0.0.1 (also under its own name, by DNS rebinding); Host, Origin and what the browser says
// of the request (Sec-Fetch-…) tell. Other programs of this machine can call it too: only the token keeps them out.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { UserRole } from '../../shared/commands'

const TOKEN_BYTES = 24
/** More of a header than this is not repeated. */
const MAX_QUOTED_CHARS = 100

/** A new secret for one run, in hex. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex')
}

/** Compares in constant time; hashing first makes the lengths equal. */
export function isToken(given: string | null, token: string): boolean {
  if (given === null) return false
  return timingSafeEqual(digest(given), digest(token))
}

/** The secrets of one run. A viewer's is made when somebody first asks for it: until then, no viewer comes in. */
export class Tokens {
  readonly operator = newToken()
  private viewerToken: string | undefined

  get viewer(): string {
    this.viewerToken ??= newToken()
    return this.viewerToken
  }

  /** The role that this token gives, or undefined if it is not one of this run. */
  roleOf(given: string | null): UserRole | undefined {
    if (isToken(given, this.operator)) return 'operator'
    if (this.viewerToken !== undefined && isToken(given, this.viewerToken)) return 'viewer'
    return undefined
  }
}

export interface HttpRefusal {
  status: number
  /** A sentence for the log and for who asked. */
  reason: string
}

type CheckedRequest = Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders'>

/** Why this request is not meant for this host; undefined where it is. `isSocket`: it asks for a WebSocket. */
export function refusalOf(
  request: CheckedRequest,
  port: number,
  isSocket: boolean,
): HttpRefusal | undefined {
  const { host, origin } = request.headers
  if (countHeaders(request.rawHeaders, 'host') !== 1) {
    return { status: 400, reason: 'It must name exactly one host.' }
  }
  if (!isOwnHost(host, port)) {
    return { status: 421, reason: `It asked for host ${quoted(host)}: only 127.0.0.1 is served.` }
  }
  // The absolute form is for proxies, and would let two readers of one request see different hosts in it.
  if (!request.url?.startsWith('/')) return { status: 400, reason: 'It names no path.' }
  // A page of this host names it exactly as it has been opened.
  if (origin === undefined ? isSocket : origin !== `http://${host}`) {
    return { status: 403, reason: `It came from origin ${quoted(origin)}.` }
  }
  if (!isFetchedByOwnPage(request, isSocket)) {
    return { status: 403, reason: 'The browser says that a page of another site asked for it.' }
  }
  return undefined
}

/** As a browser sends it: without the port where that is HTTP's own. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return ['127.0.0.1', 'localhost'].some((name) => host === new URL(`http://${name}:${port}`).host)
}

/**
 * Programs that are no browsers say nothing. A person may follow a link here from anywhere; pictures, scripts, frames and
 * calls of other sites, which includes other ports of this machine, are refused.
 */
function isFetchedByOwnPage({ headers }: CheckedRequest, isSocket: boolean): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin') return true
  if (isSocket) return false
  if (site === 'none') return true
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function quoted(header: string | undefined): string {
  return header === undefined ? 'none' : JSON.stringify(header.slice(0, MAX_QUOTED_CHARS))
}

/** Node itself keeps only the first of two Host headers. */
function countHeaders(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
