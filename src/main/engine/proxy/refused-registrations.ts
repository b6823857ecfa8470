// For which policies has a registration been refused since their last server registered, and why? A client that asks for
// one has no server for this reason.
import type { ProtocolId } from '../../../shared/ids'

const MOST_KEPT = 100

export class RefusedRegistrations {
  private readonly sentences = new Map<ProtocolId, string>()

  add(policy: ProtocolId, sentence: string): void {
    this.sentences.delete(policy)
    this.sentences.set(policy, sentence)
    const [oldest] = this.sentences.keys()
    if (this.sentences.size > MOST_KEPT && oldest !== undefined) this.sentences.delete(oldest)
  }

  /** A server has registered for this policy. */
  registered(policy: ProtocolId): void {
    this.sentences.delete(policy)
  }

  clear(): void {
    this.sentences.clear()
  }

  /** The latest refusal, as sentences. */
  of(policy: ProtocolId): string | undefined {
    return this.sentences.get(policy)
  }
}
