// The keys that a pool's messages had, each with its server: how many move when the servers that can be chosen change?
import type { KeysMoved } from '../../../shared/decision/others'
import type { ProtocolId } from '../../../shared/ids'

/** With more keys, or more characters in them, every second one is forgotten. */
const MOST_KEYS = 10_000
const MOST_CHARS = 4 * 1024 * 1024

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

export class SeenKeys {
  private readonly servers = new Map<string, ProtocolId>()
  private chars = 0
  /** A key is kept if this many of the last bits of its hash are 0, so that the choice does not depend on how often it comes. */
  private bits = 0
  /** Those that could be chosen when the keys were compared last. */
  private available: ReadonlySet<ProtocolId>

  private moved: KeysMoved | undefined

  constructor(available: readonly ProtocolId[]) {
    this.available = new Set(available)
  }

  saw(key: string, server: ProtocolId): void {
    const known = this.servers.get(key)
    if (known === server || (known === undefined && !this.keeps(key))) return
    this.servers.set(key, server)
    if (known === undefined) this.chars += key.length
    while (this.servers.size > MOST_KEYS || this.chars > MOST_CHARS) this.halve()
  }

  /** The servers that can be chosen may be others now. */
  compare(available: readonly ProtocolId[], serverOf: (key: string) => ProtocolId): void {
    const before = this.available
    const after = new Set(available)
    this.available = after
    const gone = [...before].filter((id) => !after.has(id))
    const back = available.filter((id) => !before.has(id))
    let moved = 0
    let needless = 0
    for (const [key, old] of this.servers) {
      const server = serverOf(key)
      if (server === old) continue
      this.servers.set(key, server)
      moved++
      if (after.has(old) && before.has(server)) needless++
    }
    const isSame = gone.length === 0 && back.length === 0 && moved === 0
    const keys = this.servers.size
    this.moved =
      isSame || keys === 0
        ? undefined
        : { gone, back, keys, oneIn: 2 ** this.bits, moved, needless }
  }

  /** What the latest comparison found, once. Undefined: the same servers can be chosen, or no key was seen. */
  takeMoved(): KeysMoved | undefined {
    const { moved } = this
    this.moved = undefined
    return moved
  }

  private keeps(key: string): boolean {
    return this.bits === 0 || (hashOf(key) & (2 ** this.bits - 1)) === 0
  }

  private halve(): void {
    this.bits++
    for (const key of this.servers.keys()) {
      if (this.keeps(key)) continue
      this.servers.delete(key)
      this.chars -= key.length
    }
  }
}

/** FNV-1a with a last mix: no algorithm chooses by it, so that the sample favours no server. */
function hashOf(key: string): number {
  let hash = FNV_OFFSET
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), FNV_PRIME)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
