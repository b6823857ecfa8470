// Access checks: tokens, and proof that a request is meant for this host. A foreign
// page can make a browser call 127.0.0.1, under its own name too (DNS rebinding); Host, Origin and
// Sec-Fetch-… headers reveal that. Other programs on this machine can call it as well: only the
// token keeps them out.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { UserRole } from '../../shared/commands'

const TOKEN_BYTES = 24
/** Longer headers are cut before they are quoted. */
const MAX_QUOTED_CHARS = 100

/** Makes a new secret for one run, in hex. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex')
}

/** Compares in constant time; hashing first makes the lengths equal. */
export function isToken(given: string | null, token: string): boolean {
  if (given === null) return false
  return timingSafeEqual(digest(given), digest(token))
}

/**
 * The tokens of one run. The viewers' token is made when an operator first asks for it; until then
 * no viewer gets in.
 */
export class Tokens {
  readonly operator = newToken()
  private viewerToken: string | undefined

  get viewer(): string {
    this.viewerToken ??= newToken()
    return this.viewerToken
  }

  /** Returns the role that this token gives; undefined if it is not one of this run. */
  roleOf(given: string | null): UserRole | undefined {
    if (isToken(given, this.operator)) return 'operator'
    if (this.viewerToken !== undefined && isToken(given, this.viewerToken)) return 'viewer'
    return undefined
  }
}

export interface HttpRefusal {
  status: number
  /** A sentence for the log and for the caller. */
  reason: string
}

type CheckedRequest = Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders'>

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost']

/**
 * Returns why a request is not meant for this host; undefined if it is. `isSocket`: it asks for a
 * WebSocket. `names`: the hosts that it may name, an IPv6 address in brackets.
 */
export function refusalOf(
  request: CheckedRequest,
  port: number,
  isSocket: boolean,
  names: readonly string[] = LOOPBACK_NAMES,
): HttpRefusal | undefined {
  const { host, origin } = request.headers
  if (countHeaders(request.rawHeaders, 'host') !== 1) {
    return { status: 400, reason: 'It must name exactly one host.' }
  }
  if (!isOwnHost(host, port, names)) {
    return { status: 421, reason: `It asked for host ${quoted(host)}: only ${names[0]} is served.` }
  }
  // The absolute form is for proxies. Two readers of one request could see different hosts in it.
  if (!request.url?.startsWith('/')) return { status: 400, reason: 'It names no path.' }
  // A page of this host has exactly the origin that it was opened with.
  if (origin === undefined ? isSocket : origin !== `http://${host}`) {
    return { status: 403, reason: `It came from origin ${quoted(origin)}.` }
  }
  if (!isFetchedByOwnPage(request, isSocket)) {
    return { status: 403, reason: 'The browser says that a page of another site asked for it.' }
  }
  return undefined
}

/** Compares with the Host header of a browser, which leaves out HTTP's default port. */
export function isOwnHost(
  host: string | undefined,
  port: number,
  names: readonly string[] = LOOPBACK_NAMES,
): boolean {
  return names.some((name) => host === new URL(`http://${name}:${port}`).host)
}

/**
 * Allows programs that are not browsers, which send no Sec-Fetch headers, and links that a person
 * follows from anywhere. Refuses images, scripts, frames and calls of other sites, including other
 * ports of this machine.
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

/** Reads the raw headers: Node keeps only the first of two Host headers. */
function countHeaders(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
