// Whom an error answer is for, where the message at fault could not be read as a whole.
import { readId } from './message'

const utf8 = new TextDecoder()

/** The `srcid` of the message at fault, as it was written, where it has one that can be read; else 0. */
export function errorDestination(bytes: Uint8Array): string | number {
  const srcid = sourceIn(bytes)
  if (typeof srcid !== 'string' && typeof srcid !== 'number') return 0
  return readId({ srcid }, 'srcid').ok ? srcid : 0
}

function sourceIn(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return typeof value === 'object' && value !== null && 'srcid' in value ? value.srcid : undefined
  } catch {
    return undefined
  }
}
