// Browsers cap the height of what they scroll, at a million rows or fewer. A higher list gets a lower scroll bar, and
// this maps places of the bar to offsets in the list. Short moves (a wheel, a finger) scroll the list pixel by pixel,
// long ones (the bar itself) in proportion.

/** Half of the lowest known cap (Firefox's, at two device pixels to one), and exact in a 32-bit float. */
export const MAX_SCROLL_PX = 4_000_000

/** A move of at most this is a short one, as by the wheel or a page, but not by one pixel of a dragged bar. */
const SHORT_WAY_PX = 2_000
/** Within this distance of an end, bar and list reach it together. */
const LAST_WAY_PX = 10_000

/** All lengths are in pixels. `place`: of the scroll bar. `offset`: in the list. */
export class ScaledScroll {
  private total = 0
  private view = 0
  private place = 0
  offset = 0

  /** Sets the height of the whole list and of its visible part. */
  resize(total: number, view: number): void {
    this.total = total
    this.view = view
    this.offset = Math.min(this.offset, this.lastOffset)
    if (!this.scaled) this.offset = this.place = Math.min(this.place, this.lastPlace)
  }

  /** The height that the browser scrolls. */
  get height(): number {
    return Math.min(this.total, MAX_SCROLL_PX)
  }

  get scaled(): boolean {
    return this.total > MAX_SCROLL_PX
  }

  /** How far content at `offset` must be moved to be visible at `place`. */
  get shift(): number {
    return this.place - this.offset
  }

  /** Takes a new place of the bar. Returns the offset. */
  moved(newPlace: number): number {
    const place = clamp(newPlace, this.lastPlace)
    const way = place - this.place
    if (!this.scaled) this.offset = place
    else if (place === 0) this.offset = 0
    else if (place === this.lastPlace) this.offset = this.lastOffset
    // Browsers round the place that they are given.
    else if (Math.abs(way) < 1) return this.offset
    else if (Math.abs(way) > SHORT_WAY_PX) this.offset = this.offsetAt(place)
    else this.offset = clamp(this.offset + way * this.pace(way), this.lastOffset)
    this.place = place
    return this.offset
  }

  /** Scrolls the list to this offset. Returns the place for the bar. */
  go(newOffset: number): number {
    const offset = clamp(newOffset, this.lastOffset)
    const way = offset - this.offset
    if (!this.scaled) this.place = offset
    else if (offset === 0 || offset === this.lastOffset) this.place = this.placeAt(offset)
    else {
      const place = Math.abs(way) > SHORT_WAY_PX ? this.placeAt(offset) : this.place + way
      // Not quite at an end, since an end of the bar stands for the list's end, even after the browser has rounded it.
      this.place = Math.max(1, Math.min(this.lastPlace - 1, place))
    }
    this.offset = offset
    return this.place
  }

  /** Pixels of the list per pixel of the bar, for a short move. */
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
