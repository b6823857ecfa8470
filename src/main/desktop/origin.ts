// Which addresses are the app itself: the built renderer's, or the development server's while developing.

/** Whether `address` lies under `trusted`, both as full addresses. */
export function isSameOrigin(address: string, trusted: string): boolean {
  const [one, other] = [originOf(address), originOf(trusted)]
  return one !== undefined && one === other
}

/** Whether `address` is the page `trusted`, at whatever place in it. */
export function isSamePage(address: string, trusted: string): boolean {
  return isSameOrigin(address, trusted) && new URL(address).pathname === new URL(trusted).pathname
}

/** Whether `address` is that of bytes which a page under `trusted` has made itself. */
export function isOwnBlob(address: string, trusted: string): boolean {
  return address.startsWith(BLOB) && isSameOrigin(address.slice(BLOB.length), trusted)
}

/** For the log: where an address leads, without what it says there, which is nobody's business and can be of any length. */
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

/** Scheme, host and port; `URL.origin` says 'null' for schemes of one's own. */
function originOf(address: string): string | undefined {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}`
  } catch {
    return undefined
  }
}
