// Who may come in: the token of this run, and requests that are really meant for this host. A page elsewhere
// can make a browser call 127.0.0.1 (also under its own name, by DNS rebinding); Host and Origin tell.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const TOKEN_BYTES = 24

/** A new secret for one run, in hex. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex')
}

/** Compares in constant time; hashing first makes the lengths equal. */
export function isToken(given: string | null, token: string): boolean {
  if (given === null) return false
  return timingSafeEqual(digest(given), digest(token))
}

export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
