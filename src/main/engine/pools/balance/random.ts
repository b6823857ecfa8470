// Random: each message goes to any of the available servers, each as likely as the others (as Envoy's RANDOM).
import type { Algorithm } from './algorithm'

/** Remembers nothing: a draw does not depend on those before it. */
export const random: Algorithm<null> = {
  name: 'random',
  hasTurn: false,

  begin: () => null,

  choose(available, memory, { random }) {
    const drawn = random.integer(available.length)
    const server = available[drawn]
    if (server === undefined) throw new Error('No member is available.')
    return { server: server.id, memory, reason: { by: 'random', drawn } }
  },

  changed: (_, memory) => memory,
}
