// The messages of one connection from the room that are unanswered at a time. Each one counts against its machine's rate
// before the next one is read.
import { MAX_GUEST_OUTSTANDING } from '../../../shared/room/guest-limits'
import type { Guest } from './machine'

export class GuestWindow {
  private unanswered = 0
  private unpaidBytes = 0
  private isDue = false

  /** `allow`: lets one more message be read. The first one is read at once. */
  constructor(
    private readonly guest: Guest,
    private readonly allow: () => void,
  ) {}

  /** A message has been read. */
  taken(bytes: number): void {
    this.unanswered++
    this.unpaidBytes += bytes
    this.isDue = true
    this.allowNext()
  }

  /** One is done with. */
  done(): void {
    this.unanswered--
    this.allowNext()
  }

  private allowNext(): void {
    if (!this.isDue || this.unanswered >= MAX_GUEST_OUTSTANDING) return
    this.isDue = false
    const bytes = this.unpaidBytes
    this.unpaidBytes = 0
    this.guest.spend(bytes, this.allow)
  }
}
