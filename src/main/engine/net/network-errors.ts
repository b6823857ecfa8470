// What Node's errors of a socket mean.
import type { NetworkError } from './network'

const ERROR_CODES: Readonly<Record<string, NetworkError['code']>> = {
  ECONNREFUSED: 'REFUSED',
  ECONNRESET: 'RESET',
  ECONNABORTED: 'RESET',
  EPIPE: 'RESET',
  EHOSTUNREACH: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
  ETIMEDOUT: 'UNREACHABLE',
  ENOTFOUND: 'UNREACHABLE',
  EAI_AGAIN: 'UNREACHABLE',
}

export function networkErrorOf(error: NodeJS.ErrnoException): NetworkError {
  const code = error.code ?? ''
  return { code: ERROR_CODES[code] ?? 'OTHER', message: error.message || code }
}

export const NO_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
