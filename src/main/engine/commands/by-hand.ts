// What a person answers for a server that answers by hand.
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import type { Rows } from './row'

export const HAND_COMMANDS: Rows<'answerByHand'> = {
  answerByHand: {
    carryOut({ actors }, { server: id, exchange, payload }) {
      const server = actors.servers.get(id)
      if (server === undefined) throw new CommandError(visibly`There is no built-in server ${id}.`)
      if (server.answerByHand(exchange, payload)) return id
      const { protocolId } = server.node
      throw new CommandError(
        visibly`Message ${exchange} does not wait for an answer by hand at server ${protocolId}: it has been answered, or nobody waits for the answer any more.`,
      )
    },
    inverse: null,
  },
}
