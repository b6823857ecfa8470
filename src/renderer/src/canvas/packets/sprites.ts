// Small packets as prepared pixels. Copying them into an image is several times faster than filling paths in a browser
// that draws in software. They look the same, since they are made from the same shapes.

import type { Palette } from './messages'
import { kindOfLook, LOOK } from './packet-table'
import { colourOf, FAINT, trace } from './shapes'

/** The number of directions in which a triangle can point. */
const HEADINGS = 32

interface Sprite {
  /** From its middle to its edge, in pixels. */
  half: number
  /**
   * The pixels that are not transparent: their places, from the middle, and their colours (as an ImageData's 32 bits).
   */
  across: Int16Array
  down: Int16Array
  colours: Uint32Array
}

export class Sprites {
  private readonly cache = new Map<number, Sprite>()
  private radius = 0
  private palette: Palette | undefined

  /** Call before drawing a picture. Another size or palette discards the old sprites. */
  prepare(radius: number, palette: Palette): void {
    if (radius === this.radius && palette === this.palette) return
    this.cache.clear()
    this.radius = radius
    this.palette = palette
  }

  of(look: number, dx: number, dy: number): Sprite {
    const kind = look & LOOK.kind
    const heading =
      kindOfLook(look) === 2
        ? (Math.round((Math.atan2(dy, dx) / (2 * Math.PI)) * HEADINGS) + HEADINGS) % HEADINGS
        : 0
    const key = (look & LOOK.faint ? 4 + kind : kind) * HEADINGS + heading
    const known = this.cache.get(key)
    if (known) return known
    const sprite = this.draw(look, (heading / HEADINGS) * 2 * Math.PI)
    this.cache.set(key, sprite)
    return sprite
  }

  private draw(look: number, angle: number): Sprite {
    const half = Math.ceil(this.radius * 1.4) + 1
    const size = 2 * half + 1
    const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })
    const across: number[] = []
    const down: number[] = []
    const colours: number[] = []
    if (context && this.palette) {
      const kind = kindOfLook(look)
      context.fillStyle = colourOf(kind, this.palette)
      if (look & LOOK.faint) context.globalAlpha = FAINT
      const middle = half + 0.5
      trace(context, kind, middle, middle, this.radius, Math.cos(angle), Math.sin(angle))
      context.fill()
      const pixels = new Uint32Array(context.getImageData(0, 0, size, size).data.buffer)
      pixels.forEach((colour, at) => {
        if (colour === 0) return
        across.push((at % size) - half)
        down.push(Math.floor(at / size) - half)
        colours.push(colour)
      })
    }
    return {
      half,
      across: Int16Array.from(across),
      down: Int16Array.from(down),
      colours: Uint32Array.from(colours),
    }
  }
}

/** An image of packets, reused from picture to picture. */
export class PixelImage {
  private image: ImageData | undefined
  private pixels = new Uint32Array(0)
  /** For the sprite drawn last: the offsets of its pixels from its middle, in this image. */
  private readonly offsets = new Map<Sprite, Int32Array>()

  /** Clears the image and sets its size. */
  begin(width: number, height: number): void {
    if (this.image?.width === width && this.image.height === height) {
      this.pixels.fill(0)
      return
    }
    this.image = new ImageData(width, height)
    this.pixels = new Uint32Array(this.image.data.buffer)
    this.offsets.clear()
  }

  /** Copies a sprite with its middle at this pixel; a sprite that would cross the image's edge is left out. */
  stamp(sprite: Sprite, x: number, y: number): void {
    const width = this.image?.width ?? 0
    const height = this.image?.height ?? 0
    const { half, colours } = sprite
    if (x < half || y < half || x >= width - half || y >= height - half) return
    const offsets = this.offsetsOf(sprite, width)
    const { pixels } = this
    const middle = y * width + x
    for (let index = 0; index < colours.length; index++) {
      const at = middle + (offsets[index] ?? 0)
      const colour = colours[index] ?? 0
      // The more opaque pixel wins (alpha is the highest byte), so that an edge never erases a packet beneath it.
      if (colour >>> 24 >= (pixels[at] ?? 0) >>> 24) pixels[at] = colour
    }
  }

  /** Replaces the whole picture of the context with this image. */
  show(context: OffscreenCanvasRenderingContext2D): void {
    if (this.image) context.putImageData(this.image, 0, 0)
  }

  private offsetsOf(sprite: Sprite, width: number): Int32Array {
    const known = this.offsets.get(sprite)
    if (known) return known
    if (this.offsets.size > 1024) this.offsets.clear()
    const offsets = new Int32Array(sprite.colours.length)
    offsets.forEach((_, index) => {
      offsets[index] = (sprite.down[index] ?? 0) * width + (sprite.across[index] ?? 0)
    })
    this.offsets.set(sprite, offsets)
    return offsets
  }
}
