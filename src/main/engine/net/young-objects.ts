// Keeps the collection of garbage cheap where connections come and go.
import { setFlagsFromString } from 'node:v8'

/**
 * Where most objects that a piece of code makes have survived a collection, V8 puts the next ones among the old objects at
 * once. Under load that is so for connections, which are closed soon after: until the next full collection they keep all that
 * they refer to, 5 KB for each connection, and each young collection takes three times as long.
 */
const YOUNG_AT_FIRST = '--no-allocation-site-pretenuring'

let isSet = false

/** Sets it for the whole process, once: Node starts each thread 4 ms slower from then on, as its own code was cached without it. */
export function allocateYoung(): void {
  if (isSet) return
  isSet = true
  setFlagsFromString(YOUNG_AT_FIRST)
}
