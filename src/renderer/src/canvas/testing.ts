// Structures for the tests of the canvas's pure modules.
import fc from 'fast-check'
import type { Actor } from './actor'
import type { Structure } from './structure'

/** The homework's example: servers 100 and 300 for 111, 200 and 400 for 222; six clients. */
export function classicPool(): Structure {
  return structureWith(6, [
    ['111', 2],
    ['222', 2],
  ])
}

export function structureWith(
  clients: number,
  pool: readonly (readonly [policy: string, servers: number])[],
): Structure {
  const actors: Actor[] = []
  for (let index = 1; index <= clients; index++) {
    actors.push({ id: `client:${index}`, role: 'client', origin: 'inside', policy: pool[0]?.[0] })
  }
  let server = 0
  for (const [policy, servers] of pool) {
    for (let index = 0; index < servers; index++) {
      server++
      actors.push({ id: `server:${server}`, role: 'server', origin: 'inside', policy })
    }
  }
  return {
    actors,
    folded: 0,
    groups: new Map(),
    machines: [],
    policies: pool.map(([policy]) => policy),
  }
}

/** Up to a thousand of each, in up to twenty policies. */
export const anyStructure = fc
  .record({
    clients: fc.oneof(fc.nat(12), fc.nat(1000)),
    pool: fc.array(fc.oneof(fc.nat(8), fc.nat(50), fc.nat(300)), { maxLength: 20 }),
  })
  .map(({ clients, pool }) =>
    structureWith(
      clients,
      pool.map((servers, index) => [String(111 * (index + 1)), servers] as const),
    ),
  )
