// Which addresses belong to the app: the built renderer's, or the development server's while
// developing.

/** Returns whether two full addresses have the same origin. */
export function isSameOrigin(address: string, trusted: string): boolean {
  const [one, other] = [originOf(address), originOf(trusted)]
  return one !== undefined && one === other
}

/** Returns whether `address` is the page `trusted`, with any query and fragment. */
export function isSamePage(address: string, trusted: string): boolean {
  return isSameOrigin(address, trusted) && new URL(address).pathname === new URL(trusted).pathname
}

/** Returns whether `address` is a blob URL that a page of `trusted` has created. */
export function isOwnBlob(address: string, trusted: string): boolean {
  return address.startsWith(BLOB) && isSameOrigin(address.slice(BLOB.length), trusted)
}

/** Shortens an address for the log: its path and query are private and can be of any length. */
export function shortAddress(address: string): string {
  try {
    const { protocol, host, pathname, search, hash } = new URL(address)
    if (host === '') return `${protocol}…`
    return `${protocol}//${host}/${`${pathname}${search}${hash}`.length > 1 ? '…' : ''}`
  } catch {
    return 'what is no address'
  }
}

const BLOB = 'blob:'

/** Scheme, host and port; `URL.origin` is 'null' for custom schemes. */
function originOf(address: string): string | undefined {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}`
  } catch {
    return undefined
  }
}
