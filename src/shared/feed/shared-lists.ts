// Lists that many rows share, such as a decision's candidates: a row has the index of its list, and each frame has the
// lists of its rows once.
import type { ProtocolId } from '../ids'

const MANY = 1_000
const MANY_CHARS = 256 * 1024

interface SharedList {
  /** As JSON. */
  readonly text: string
  /** The numbers of the first and the last event that use it. */
  readonly firstUse: number
  lastUse: number
}

export class SharedLists {
  /** By identity: the engine reuses arrays. */
  private readonly places = new Map<readonly ProtocolId[], number>()
  private readonly all: SharedList[] = []
  private chars = 0
  /** The list that was looked up last. */
  private last: readonly ProtocolId[] | undefined
  private lastPlace = 0

  /** Whether new events should get lists of their own. */
  get isLarge(): boolean {
    return this.all.length > MANY || this.chars > MANY_CHARS
  }

  /** The index of a list that the event with number `seq` uses. */
  placeOf(list: readonly ProtocolId[], seq: number): number {
    if (list !== this.last) {
      this.lastPlace = this.places.get(list) ?? this.add(list, seq)
      this.last = list
    }
    const shared = this.all[this.lastPlace]
    if (shared !== undefined) shared.lastUse = seq
    return this.lastPlace
  }

  private add(list: readonly ProtocolId[], seq: number): number {
    const place = this.all.length
    this.places.set(list, place)
    const text = JSON.stringify(list)
    this.chars += text.length
    this.all.push({ text, firstUse: seq, lastUse: seq })
    return place
  }

  /** The lists, as a JSON array, for the events from number `from` to `to`; those that none of them uses are empty. */
  textFor(from: number, to: number): string {
    const texts: string[] = []
    this.all.forEach(({ text, firstUse, lastUse }, place) => {
      if (firstUse > to || lastUse < from) return
      while (texts.length < place) texts.push('[]')
      texts.push(text)
    })
    return `[${texts.join()}]`
  }
}
