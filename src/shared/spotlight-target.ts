// What a presenter spotlights on the graph: one thing, named by its id in the lab. A class sees it as well.
import * as v from 'valibot'
import { nodeId, policyId } from './fields'

export const spotlightTarget = v.variant('kind', [
  v.strictObject({ kind: v.literal('node'), id: nodeId }),
  /** The link between this node and the proxy. */
  v.strictObject({ kind: v.literal('link'), id: nodeId }),
  /** Its ring, and its servers. */
  v.strictObject({ kind: v.literal('policy'), id: policyId }),
  /** The message of this packet, on each link that it takes. */
  v.strictObject({
    kind: v.literal('packet'),
    id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
])
export type SpotlightTarget = v.InferOutput<typeof spotlightTarget>
