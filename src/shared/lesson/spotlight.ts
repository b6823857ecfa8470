// What a step of a lesson points at: everything else on the graph is dimmed.
import * as v from 'valibot'
import type { ProtocolId } from '../ids'

export type Spotlight =
  | { readonly kind: 'proxy' }
  | { readonly kind: 'server' | 'client'; readonly id: ProtocolId }
  /** The ring of a policy in the roundabout, and the box around its servers. */
  | { readonly kind: 'ring' | 'pool'; readonly policy: ProtocolId }
  /** The link between a node and the proxy. */
  | { readonly kind: 'link'; readonly of: 'server' | 'client'; readonly id: ProtocolId }
  /** The packet that the question's gate holds. */
  | { readonly kind: 'packet' }

const WORDS =
  'A spotlight is “proxy”, “server 300”, “client 4”, “ring 111”, “pool 111”, “link server 300” or “packet”.'

/** Undefined if the text names nothing. */
export function spotlightOf(text: string): Spotlight | undefined {
  const [word = '', ...rest] = text.trim().split(/\s+/u)
  const id = rest.join(' ')
  switch (word) {
    case 'proxy':
    case 'packet':
      return id === '' ? { kind: word } : undefined
    case 'server':
    case 'client':
      return id === '' ? undefined : { kind: word, id }
    case 'ring':
    case 'pool':
      return id === '' ? undefined : { kind: word, policy: id }
    case 'link': {
      const [of, ...ids] = rest
      const named = ids.join(' ')
      return (of === 'server' || of === 'client') && named !== ''
        ? { kind: 'link', of, id: named }
        : undefined
    }
    default:
      return undefined
  }
}

/** As an author writes it: `server 300`. */
export const spotlightText = v.pipe(
  v.string(),
  v.check((text) => spotlightOf(text) !== undefined, WORDS),
)
