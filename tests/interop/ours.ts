// The lab's own pool does what a real proxy does with a connection.
import type { TestPool } from '../../src/main/engine/pools/balance/testing'
import type { NamedServer } from './balancers'

/** A choice, and what it was made from. */
export type Dispatched = ReturnType<TestPool['dispatch']>

/** Does as nginx does after a refusal: the next server is tried. The servers that were tried; '' at last where none is left. */
export function attempts(
  ours: TestPool,
  refused: ReadonlySet<NamedServer>,
  { key = '1', note = (_: Dispatched) => {} } = {},
): string[] {
  const refusing = new Set([...refused].map(({ name }) => name))
  const tried: string[] = []
  for (;;) {
    const dispatch = ours.pool.dispatch(key, tried)
    if (dispatch.server === undefined) return [...tried, '']
    note(dispatch)
    const { server } = dispatch
    ours.pool.began(server)
    if (!refusing.has(server.id)) {
      ours.pool.reached(server)
      return [...tried, server.id]
    }
    ours.pool.ended(server, ours.now - 1, 'unreachable')
    tried.push(server.id)
  }
}
