// What happens when a server lets the time for its answer pass. A program outside is probed first: what it answers to tells
// what it waits for. Then the connection fails, with words for the program's author.
import { type AwaitedEnd, silenceWords } from '../../../shared/diagnosis/waiting'
import { isOutside, type SimMs } from '../../../shared/ids'
import type { Effects } from './effects'
import type { OpenRegistrations } from './open-registrations'
import type { OpenUpstreams } from './open-upstreams'
import type { Given } from './protocol'
import type { Server } from './table'
import {
  busyUntil,
  earlierOnes,
  serverFacts,
  startLimit,
  type Upstream,
  type UpstreamLimit,
  type UpstreamLimits,
} from './upstream'

interface SilenceParts {
  /** How long this server may be silent. */
  limitMs(server: Server): SimMs
  /** Ends the connection with these words. */
  fail(upstream: Upstream, words: string): void
}

export class Silence {
  constructor(
    private readonly effects: Effects,
    private readonly limits: UpstreamLimits,
    private readonly upstreams: Pick<OpenUpstreams, 'all'>,
    private readonly registrations: OpenRegistrations,
    private readonly parts: SilenceParts,
  ) {}

  /** The time that a message waits while the server works on earlier ones is not the server's silence. */
  replyIsDue(limit: Extract<UpstreamLimit, { purpose: 'reply' }>, { now }: Given): void {
    const { upstream, exchange } = limit
    const until = busyUntil(upstream.server, exchange)
    const leftMs = until === undefined ? 0 : until + this.parts.limitMs(upstream.server) - now
    if (leftMs > 0) exchange.replyTimer = startLimit(this.limits, limit, exchange.id, leftMs)
    else if (upstream.probe === undefined) this.probe(upstream, this.firstProbe(upstream))
  }

  /** The server has not answered to the probe. */
  probeIsOver(upstream: Upstream): void {
    this.probe(upstream, upstream.probe === 'newline' ? 'end' : undefined)
  }

  /** `awaited`: the probe that it has answered to. */
  ended(upstream: Upstream, awaited?: AwaitedEnd): void {
    const { node } = upstream.server
    if (awaited) this.effects.report({ type: 'socket.noted', node, what: `answers ${awaited}` })
    const earlier = earlierOnes(upstream, this.upstreams.all())
    // Answers come in order: the next one would be taken for the late one.
    this.parts.fail(
      upstream,
      silenceWords(serverFacts(upstream, this.registrations), earlier, awaited),
    )
  }

  private firstProbe(upstream: Upstream): AwaitedEnd | undefined {
    const isBusy = earlierOnes(upstream, this.upstreams.all()) > 0
    return isBusy || !isOutside(upstream.server.node) ? undefined : 'newline'
  }

  private probe(upstream: Upstream, give: AwaitedEnd | undefined): void {
    if (give === undefined) {
      this.ended(upstream)
      return
    }
    upstream.probe = give
    this.effects.add({ type: 'probe', upstream: upstream.id, give })
    const limit = { purpose: 'probe', upstream } as const
    upstream.timer = startLimit(this.limits, limit, upstream.waiting[0]?.id)
  }
}
