// What happens when a server lets the time for its answer pass. A program outside is probed first: what it answers to tells
// what it waits for. Then the connection fails, with words for the program's author.
import { type AwaitedEnd, silenceWords } from '../../../shared/diagnosis/waiting'
import { isOutside, type NodeId, type SimMs } from '../../../shared/ids'
import { REPLY_LIMIT_MS } from '../../../shared/limits'
import type { Effects } from './effects'
import type { Exchange } from './exchange'
import type { Given } from './given'
import type { OpenRegistrations } from './open-registrations'
import type { OpenUpstreams } from './open-upstreams'
import {
  earlierOnes,
  serverFacts,
  silentSince,
  startLimit,
  stopLimit,
  type Upstream,
  type UpstreamLimit,
  type UpstreamLimits,
} from './upstream'

export class Silence {
  constructor(
    private readonly effects: Effects,
    private readonly limits: UpstreamLimits,
    private readonly upstreams: Pick<OpenUpstreams, 'all'>,
    private readonly registrations: OpenRegistrations,
    /** The reply limits of nodes that have another one than usual. */
    private readonly limitsMs: ReadonlyMap<NodeId, SimMs>,
    /** Ends the connection with these words. */
    private readonly fail: (upstream: Upstream, words: string) => void,
  ) {}

  /**
   * Limits the wait for the next answer, if the server has that message. Answers come in order, so that a connection needs one
   * limit. An answer does not stop it: when it is up, it is set for what is left of the next message's time. To start one for
   * each message takes up to 5 % of all time.
   */
  limit(upstream: Upstream): void {
    const [next] = upstream.waiting
    if (next?.handedOver === undefined) stopLimit(this.limits, upstream)
    else if (upstream.timer === undefined) {
      const since = silentSince(upstream.server, next.handedOver)
      this.start(upstream, next, since, this.limitMs(upstream))
    }
  }

  /** The limit of this server's replies has changed. */
  limitAnew(upstream: Upstream): void {
    if (upstream.state === 'dialling' || upstream.probe !== undefined) return
    stopLimit(this.limits, upstream)
    this.limit(upstream)
  }

  replyIsDue(limit: Extract<UpstreamLimit, { purpose: 'reply' }>, given: Given): void {
    const { upstream } = limit
    upstream.timer = undefined
    const [next] = upstream.waiting
    if (next?.handedOver === undefined) return
    const since = silentSince(upstream.server, next.handedOver)
    if (since === limit.since) this.probe(upstream, this.firstProbe(upstream))
    else this.start(upstream, next, since, this.leftMs(upstream, since, given))
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
    this.fail(upstream, silenceWords(serverFacts(upstream, this.registrations), earlier, awaited))
  }

  private start(upstream: Upstream, { id }: Exchange, since: Given, delayMs: SimMs): void {
    const limit = { purpose: 'reply', upstream, since } as const
    upstream.timer = startLimit(this.limits, limit, id, delayMs)
  }

  /** A program outside has its time in real and in simulated time. */
  private leftMs(upstream: Upstream, since: Given, { now, ranForMs }: Given): SimMs {
    const simMs = now - since.now
    const isReal = isOutside(upstream.server.node)
    const silentMs = isReal ? Math.min(simMs, ranForMs - since.ranForMs) : simMs
    return Math.max(0, this.limitMs(upstream) - silentMs)
  }

  private limitMs({ server: { node } }: Upstream): SimMs {
    return this.limitsMs.get(node) ?? REPLY_LIMIT_MS
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
