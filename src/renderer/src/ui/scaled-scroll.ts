// Browsers cap the height of what they scroll, at a million rows or sooner. A list that is higher has a scroll bar of a
// lesser height, and this tells which place in the list a place of the bar stands for: short ways (a wheel, a finger)
// move the list pixel by pixel, long ones (the bar itself) in proportion.

/** Half of the lowest cap known (Firefox's, on a screen of two device pixels to one), and exact in a float of 32 bits. */
export const MAX_SCROLL_PX = 4_000_000

/** A way in one go up to this is a short one: a wheel's, a page's, but not that of a bar moved by one pixel. */
const SHORT_WAY_PX = 2_000
/** From here to an end, bar and list come to it together. */
const LAST_WAY_PX = 10_000

/** All lengths are in pixels. `place`: of the scroll bar. `offset`: of the list. */
export class ScaledScroll {
  private total = 0
  private view = 0
  private place = 0
  offset = 0

  /** The height of the whole list and of the part that is seen. */
  resize(total: number, view: number): void {
    this.total = total
    this.view = view
    this.offset = Math.min(this.offset, this.lastOffset)
    if (!this.scaled) this.offset = this.place = Math.min(this.place, this.lastPlace)
  }

  /** The height for the browser to scroll. */
  get height(): number {
    return Math.min(this.total, MAX_SCROLL_PX)
  }

  get scaled(): boolean {
    return this.total > MAX_SCROLL_PX
  }

  /** How far what is at `offset` has to be moved to be seen at `place`. */
  get shift(): number {
    return this.place - this.offset
  }

  /** The bar was moved here. Returns the offset. */
  moved(newPlace: number): number {
    const place = clamp(newPlace, this.lastPlace)
    const way = place - this.place
    if (!this.scaled) this.offset = place
    else if (place === 0) this.offset = 0
    else if (place === this.lastPlace) this.offset = this.lastOffset
    // Browsers round the place that they were given.
    else if (Math.abs(way) < 1) return this.offset
    else if (Math.abs(way) > SHORT_WAY_PX) this.offset = this.offsetAt(place)
    else this.offset = clamp(this.offset + way * this.pace(way), this.lastOffset)
    this.place = place
    return this.offset
  }

  /** The list is wanted at this offset. Returns the place that the bar has to take. */
  go(newOffset: number): number {
    const offset = clamp(newOffset, this.lastOffset)
    const way = offset - this.offset
    if (!this.scaled) this.place = offset
    else if (offset === 0 || offset === this.lastOffset) this.place = this.placeAt(offset)
    else {
      const place = Math.abs(way) > SHORT_WAY_PX ? this.placeAt(offset) : this.place + way
      // Not quite at an end, which stands for the list's end, also when the browser has rounded it.
      this.place = Math.max(1, Math.min(this.lastPlace - 1, place))
    }
    this.offset = offset
    return this.place
  }

  /** Pixels of the list to one of the bar, on a short way. */
  private pace(way: number): number {
    const placeLeft = way > 0 ? this.lastPlace - this.place : this.place
    const offsetLeft = way > 0 ? this.lastOffset - this.offset : this.offset
    return placeLeft < LAST_WAY_PX ? offsetLeft / placeLeft : 1
  }

  private get lastPlace(): number {
    return Math.max(0, this.height - this.view)
  }

  private get lastOffset(): number {
    return Math.max(0, this.total - this.view)
  }

  private offsetAt(place: number): number {
    return (place / this.lastPlace) * this.lastOffset
  }

  private placeAt(offset: number): number {
    return (offset / this.lastOffset) * this.lastPlace
  }
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value))
}
