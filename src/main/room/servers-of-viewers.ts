// The servers that viewers are given, which answer by hand: each viewer types the answers to its own server's messages, and
// nothing else.
import { endedWords, failureAt, isForNobody } from '../../shared/by-hand-words'
import type { LabEvent } from '../../shared/events'
import type { ExchangeId, NodeId, ProtocolId } from '../../shared/ids'
import {
  GIVEN_ANSWERS,
  GIVEN_SERVER_AWAY_MS,
  MAX_GIVEN_SERVERS,
  NEW_GIVEN_SERVERS,
} from '../../shared/limits'
import type { RoomMessage } from '../../shared/room/viewer-line'
import { settled } from '../../shared/settings/derive'
import { WORK } from '../../shared/settings/features/work'
import type { NodeState } from '../../shared/state/state'
import { type GivingOptions, NodesOfViewers } from './nodes-of-viewers'
import type { Viewer } from './viewers'

const BY_HAND = settled(WORK.settings, { distribution: 'by-hand' })

export class ServersOfViewers extends NodesOfViewers<true> {
  /** The server in whose hands each exchange waits. */
  private readonly inHand = new Map<ExchangeId, NodeId>()

  constructor(options: GivingOptions) {
    super(options, {
      name: 'server',
      most: MAX_GIVEN_SERVERS,
      newOnes: NEW_GIVEN_SERVERS,
      each: GIVEN_ANSWERS,
      awayLimitMs: GIVEN_SERVER_AWAY_MS,
    })
  }

  messageTo(viewer: Viewer): RoomMessage {
    const { given, ...parts } = this.partsFor(viewer)
    const server = given ? { ...given.shown, ...this.workOf(given.state) } : null
    return { kind: 'server', ...parts, server }
  }

  /** A viewer answers a message of its own server; the engine refuses any other. */
  async answer(viewer: Viewer, exchange: ExchangeId, payload: string): Promise<void> {
    const given = this.ownOf(viewer)
    if (given === undefined) return
    const { node, rate } = given
    if (!rate.take()) return this.tell(viewer, 'That is too fast: give one answer a second.')
    this.noError(viewer)
    this.isAbout(this.givenAt(node))
    const result = await this.screen.execute({
      type: 'answerByHand',
      server: node,
      exchange,
      payload,
    })
    if (!result.ok) this.tell(viewer, result.error)
  }

  protected addition(policy: ProtocolId | null) {
    return { type: 'addServer', work: BY_HAND, ...(policy && { policy }) } as const
  }

  protected begin(): true {
    return true
  }

  protected follow(event: LabEvent): void {
    switch (event.type) {
      case 'answer.awaited':
      case 'answer.ended': {
        const given = this.givenAt(event.node)
        if (given !== undefined && event.type === 'answer.awaited')
          this.inHand.set(event.exchange, event.node)
        else this.inHand.delete(event.exchange)
        this.isAbout(given)
        return
      }
      case 'work.changed':
        this.isAbout(this.givenAt(event.node))
        return
      case 'exchange.finished': {
        const server = this.inHand.get(event.exchange)
        // Its client has left.
        if (server !== undefined) this.isAbout(this.givenAt(server))
        return
      }
      case 'node.changed':
        this.isAbout(this.givenAt(event.node.id))
        return
    }
  }

  private workOf({ byHand, protocolId, waiting = 0 }: NodeState) {
    const { state } = this.options.engine
    const { awaited = [], ended = [] } = byHand ?? {}
    return {
      waiting,
      awaited: awaited.map(({ since: _since, ...message }) => ({
        ...message,
        isForNobody: isForNobody(state, message.exchange),
      })),
      ended: ended.toReversed().map(({ exchange, payload, outcome, at }) => ({
        exchange,
        payload,
        outcome,
        at,
        words: endedWords({ outcome }, failureAt(state, exchange, protocolId)),
      })),
    }
  }
}
