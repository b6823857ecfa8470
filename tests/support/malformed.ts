// Calls that no page of ours makes, made from the contract itself: a channel that is added to it is tried as well.
import fc from 'fast-check'
import * as v from 'valibot'
import { CALLS, type Call } from '../../src/shared/contract'

/** Anything that can cross a process boundary: Electron and the browser clone more than JSON. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  maxDepth: 2,
})

/** Values at the edges of what the contract's schemas allow. */
const edges = fc.constantFrom<unknown>(
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0.5,
  -1,
  2 ** 53,
  '',
  'session',
  '../../etc/passwd',
  'x'.repeat(1_000_000),
  true,
  [],
  {},
  { message: '', details: '' },
  { message: 'm', details: 'd', more: 1 },
  { message: 'm'.repeat(1_000_000), details: 'd' },
  JSON.parse('{"__proto__":{"message":"m","details":"d"}}'),
)

/** Arguments that this call does not take; never a list that it does. */
export function malformedArguments(call: Call): fc.Arbitrary<unknown[]> {
  return fc
    .array(fc.oneof(edges, anything), { maxLength: 4 })
    .filter((args) => !v.is(CALLS[call], args))
}
