// Effects that fade in real time: a cross where a packet was lost, and the glow of links whose traffic is too fast to
// be drawn packet by packet.
import type { Loss } from './messages'

const LOSS_MS = 900
const GLOW_MS = 250
/** With reduced motion a glow is redrawn only a few times a second, and so it lasts longer. */
const CALM_GLOW_MS = 1000
/** Brightness for one packet, and what each doubling of their number adds. */
const GLOW = { first: 0.35, doubling: 0.13 } as const

export class Afterglow {
  calm = false
  private losses: { loss: Loss; at: number }[] = []
  private readonly glows = new Map<number, { strength: number; at: number }>()

  /** `at`: milliseconds of real time, as in all methods here. */
  lose(losses: readonly Loss[], at: number): void {
    for (const loss of losses) this.losses.push({ loss, at })
    if (this.losses.length > 1000) this.losses.splice(0, this.losses.length - 1000)
  }

  /** Pairs of link and number of packets delivered on it. */
  pulse(pulses: Uint32Array, at: number): void {
    for (let index = 0; index + 1 < pulses.length; index += 2) {
      const link = pulses[index] ?? 0
      const packets = pulses[index + 1] ?? 0
      const strength = Math.min(1, GLOW.first + GLOW.doubling * Math.log2(Math.max(1, packets)))
      const before = this.glows.get(link)
      const left = before ? before.strength * this.left(before.at, at) : 0
      this.glows.set(link, { strength: Math.max(strength, left), at })
    }
  }

  /** Forgets the effects that have faded. Returns whether any is still visible. */
  fade(now: number): boolean {
    this.losses = this.losses.filter(({ at }) => now - at < LOSS_MS)
    for (const [link, { at }] of this.glows) if (this.left(at, now) === 0) this.glows.delete(link)
    return this.losses.length > 0 || this.glows.size > 0
  }

  /** `visible`: 1 when the packet was lost, 0 when the cross has faded. */
  eachLoss(now: number, visit: (loss: Loss, visible: number) => void): void {
    for (const { loss, at } of this.losses) visit(loss, Math.max(0, 1 - (now - at) / LOSS_MS))
  }

  eachGlow(now: number, visit: (link: number, strength: number) => void): void {
    for (const [link, { strength, at }] of this.glows) visit(link, strength * this.left(at, now))
  }

  private left(at: number, now: number): number {
    return Math.max(0, 1 - (now - at) / (this.calm ? CALM_GLOW_MS : GLOW_MS))
  }
}
