import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Breakpoint } from '../../../shared/events'
import { parseFilter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import { nodeId, PROXY } from '../../../shared/ids'
import { armedFor, nextFilter } from '../actions/holding'
import { packetWith, stateWith } from '../lab/testing'
import { markOf } from './marks'

function withBreakpoints(...wishes: Partial<Breakpoint>[]) {
  return {
    breakpoints: new Map(
      wishes.map((wish, index) => {
        const id = index + 1
        return [id, { id, filter: 'type:0', once: false, enabled: true, ...wish }] as const
      }),
    ),
  }
}

const nodes = fc
  .record({
    origin: fc.constantFrom('inside' as const, 'outside' as const),
    role: fc.constantFrom('server' as const, 'client' as const),
    id: fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
  })
  .map(({ origin, role, id }) => nodeId(origin, role, id))

test('“hold the next one” matches what travels on the node’s link, whatever its id, and nothing else', () => {
  fc.assert(
    fc.property(nodes, nodes, (node, other) => {
      fc.pre(node !== other)
      const parsed = parseFilter(nextFilter(node))
      if (!parsed.ok) throw new Error(parsed.error)
      const state = stateWith([])
      const matches = (from: string, to: string) =>
        parsed.filter.matches(factsOf(packetWith({ id: 1, from, to }), state))
      expect(matches(node, PROXY)).toBe(true)
      expect(matches(PROXY, node)).toBe(true)
      expect(matches(other, PROXY)).toBe(false)
      expect(armedFor(withBreakpoints({ filter: nextFilter(node), once: true }), node)).toBe(1)
      expect(markOf(withBreakpoints({ filter: nextFilter(node), once: true }), node)).toBe('next')
    }),
  )
})

test('for the proxy it is the next packet anywhere', () => {
  const parsed = parseFilter(nextFilter(PROXY))
  if (!parsed.ok) throw new Error(parsed.error)
  expect(parsed.filter.matches(factsOf(packetWith({ id: 1 }), stateWith([])))).toBe(true)
})

test('a breakpoint that stays, or is off, is not “the next one”', () => {
  const filter = nextFilter('client:1')
  expect(armedFor(withBreakpoints({ filter }), 'client:1')).toBeUndefined()
  expect(
    armedFor(withBreakpoints({ filter, once: true, enabled: false }), 'client:1'),
  ).toBeUndefined()
  expect(markOf(withBreakpoints({ filter }), 'client:1')).toBe('set')
  expect(markOf(withBreakpoints({ filter, enabled: false }), 'client:1')).toBe('off')
})

test.each([
  ['type:0 client:1', ['client:1']],
  ['server:100,300 -is:error', ['server:100', 'server:300']],
  ['(from:"client 2" or to:proxy) hello', ['client:2', 'proxy']],
  ['client:1 type:0 from:client', ['client:1']],
  ['client:1 from:client to:proxy', ['client:1', PROXY]],
  ['client:1 server:100', ['client:1', 'server:100']],
  ['client:1 from:server', ['server:100', 'server:300']],
  ['client:1 link:300', ['server:300']],
  ['client:1 client:2', []],
  ['from:client (client:1 or type:0)', ['client:1', 'client:2']],
  ['-client:1', []],
  ['type:0', []],
  ['there is no such:thing', []],
])('the nodes that %s names have a mark', (filter, named) => {
  const state = withBreakpoints({ filter })
  const all = ['client:1', 'client:2', 'server:100', 'server:300', PROXY]
  expect(all.filter((node) => markOf(state, node) !== undefined)).toEqual(named)
})

test('of several breakpoints, one that holds the next packet shows first, and one that is off last', () => {
  const filter = nextFilter('client:1')
  const off = { filter, enabled: false }
  expect(markOf(withBreakpoints(off, { filter }), 'client:1')).toBe('set')
  expect(markOf(withBreakpoints({ filter }, off), 'client:1')).toBe('set')
  expect(markOf(withBreakpoints(off, { filter }, { filter, once: true }), 'client:1')).toBe('next')
})
