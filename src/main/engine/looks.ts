// What the screens look at beyond what every screen gets. It is computed only while somebody does.
import type { CommandOf } from '../../shared/commands'
import type { ProtocolId } from '../../shared/ids'
import type { Asker } from './looking-back'
import type { DecisionWatch } from './pools/watch'

type Look = Omit<CommandOf<'look'>, 'type'>
type Watched = ReadonlyMap<ProtocolId, DecisionWatch>

export class Looks {
  private readonly looks = new Map<Asker, Look>()
  private apply: (watched: Watched) => void = () => {}

  /** Passes what is looked at to the proxy of a session that begins, now and with each change. */
  follow(apply: (watched: Watched) => void): void {
    this.apply = apply
    this.changed()
  }

  /** Replaces what this screen looked at before. */
  set(asker: Asker, look: Look): void {
    this.looks.set(asker, look)
    this.changed()
  }

  end(asker: Asker): void {
    if (this.looks.delete(asker)) this.changed()
  }

  private changed(): void {
    const all = [...this.looks.values()]
    const pictures = new Set(all.flatMap((look) => look.pictures))
    const others = new Set(all.flatMap((look) => look.others))
    const watched = new Map<ProtocolId, DecisionWatch>()
    for (const policy of [...pictures, ...others]) {
      watched.set(policy, { picture: pictures.has(policy), others: others.has(policy) })
    }
    this.apply(watched)
  }
}
