// What a browser knows of the host that it cannot reach, and of its own system.
import type { Bridge } from '../../../shared/contract'

/** The fault that a response to the request for the page shows; `status` is undefined without a response. */
export function faultOf(status: number | undefined): 'silent' | 'stale' | 'full' | undefined {
  switch (status) {
    case undefined:
      return 'silent'
    case 403:
      return 'stale'
    case 503:
      return 'full'
    default:
      return undefined
  }
}

export function platformOf(userAgent: string): Bridge['platform'] {
  if (/Macintosh|Mac OS X/.test(userAgent)) return 'mac'
  return /Windows/.test(userAgent) ? 'windows' : 'linux'
}
