// Draws a scene on one canvas, for one region of the graph. A few packets are drawn as outlined shapes; many are copied
// as prepared pixels.
import type { Afterglow } from './afterglow'
import type { Placement } from './curves'
import type { Palette } from './messages'
import type { PacketScene } from './packet-scene'
import { HALOS_BELOW, kindOfLook, LOOK, rimOfLook } from './packet-table'
import type { Region } from './region'
import { colourOf, FAINT, radiusFor, trace } from './shapes'
import { PixelImage, Sprites } from './sprites'

/** From this number on, packets are small and are copied as pixels. */
const PIXELS_FROM = 400
/** The radius of a shape with a rim, to that of one without. */
const INSIDE_RIM = 0.72

/** Faint packets lie beneath the others, glowing ones above them. */
const LAYER = LOOK.faint | LOOK.glow
const LAYERS = [LOOK.faint, LAYER, 0, LOOK.glow] as const

interface Picture {
  scene: PacketScene
  afterglow: Afterglow
  palette: Palette
  /** The slot of the selected packet, or -1. */
  selected: number
  /** Real time, ms. */
  now: number
  /** Whether time is paused, and with it all packets in flight. */
  paused: boolean
}

export class Painter {
  private readonly sprites = new Sprites()
  private readonly image = new PixelImage()
  private readonly at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }

  constructor(private readonly context: OffscreenCanvasRenderingContext2D) {}

  resize(width: number, height: number): void {
    const { canvas } = this.context
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
  }

  clear(): void {
    this.context.clearRect(0, 0, this.context.canvas.width, this.context.canvas.height)
  }

  /** Draws what `scene.place` has placed. */
  paint(picture: Picture, region: Region): void {
    const { placed } = picture.scene
    const pixels = placed.count >= PIXELS_FROM
    const radius =
      radiusFor(placed.count, region.zoom, picture.scene.curves.lane) * region.pixelRatio
    if (pixels) {
      this.paintPixels(picture, region, radius)
      this.paintGlows(picture, region)
    } else {
      this.clear()
      this.paintGlows(picture, region)
      this.paintShapes(picture, region, radius)
    }
    this.paintMarks(picture, region, radius)
    this.paintLosses(picture, region)
  }

  private paintPixels({ scene, palette }: Picture, region: Region, radius: number): void {
    const { placed, table } = scene
    const { sprites, image } = this
    const scale = region.zoom * region.pixelRatio
    // Half pixels are fine enough for smooth growth, and few enough to keep sprites for.
    sprites.prepare(Math.round(radius * 2) / 2, palette)
    image.begin(this.context.canvas.width, this.context.canvas.height)
    for (let index = 0; index < placed.count; index++) {
      const look = table.look[placed.slot[index] ?? 0] ?? 0
      image.stamp(
        sprites.of(look, placed.dx[index] ?? 1, placed.dy[index] ?? 0),
        Math.floor(((placed.x[index] ?? 0) - region.x) * scale),
        Math.floor(((placed.y[index] ?? 0) - region.y) * scale),
      )
    }
    image.show(this.context)
  }

  private paintShapes(picture: Picture, region: Region, radius: number): void {
    const { placed, table } = picture.scene
    for (const layer of LAYERS) {
      this.context.globalAlpha = layer & LOOK.faint ? FAINT : 1
      for (let index = 0; index < placed.count; index++) {
        const look = table.look[placed.slot[index] ?? 0] ?? 0
        if ((look & LAYER) === layer) this.paintShape(picture, region, radius, index)
      }
    }
    this.context.globalAlpha = 1
  }

  private paintShape(
    { scene, palette }: Picture,
    region: Region,
    radius: number,
    index: number,
  ): void {
    const { placed, table } = scene
    const { context } = this
    const scale = region.zoom * region.pixelRatio
    const look = table.look[placed.slot[index] ?? 0] ?? 0
    const kind = kindOfLook(look)
    const rim = palette.policies[rimOfLook(look) ?? -1]
    const x = ((placed.x[index] ?? 0) - region.x) * scale
    const y = ((placed.y[index] ?? 0) - region.y) * scale
    context.lineJoin = 'round'
    context.beginPath()
    // The rim lies within the radius, and a gap in the canvas's colour between it and the shape tells them apart.
    const size = rim === undefined ? radius : radius * INSIDE_RIM
    trace(context, kind, x, y, size, placed.dx[index] ?? 1, placed.dy[index] ?? 0)
    if (rim !== undefined) {
      context.strokeStyle = rim
      context.lineWidth = (radius - size) * 2
      context.stroke()
    }
    context.strokeStyle = palette.canvas
    context.lineWidth = rim === undefined ? radius * 0.44 : (radius - size) * 0.8
    context.stroke()
    context.fillStyle = colourOf(kind, palette)
    context.fill()
    if (!scene.reducedMotion) return
    // The part of the way travelled, as a ring that fills clockwise from the top.
    const covered = (placed.fraction[index] ?? 0) * 2 * Math.PI
    context.beginPath()
    context.arc(x, y, radius * 1.75, -Math.PI / 2, covered - Math.PI / 2)
    context.strokeStyle = colourOf(kind, palette)
    context.lineWidth = radius * 0.3
    context.stroke()
  }

  /**
   * Draws a ring around the selected packet, a glow around each packet that a breakpoint holds, and, while time is
   * paused, a dashed halo around each packet if they are few.
   */
  private paintMarks(
    { scene, palette, selected, paused }: Picture,
    region: Region,
    radius: number,
  ): void {
    const { placed, table } = scene
    const { context } = this
    const scale = region.zoom * region.pixelRatio
    const still = paused && placed.count < HALOS_BELOW
    // The least width, also where packets have their least size.
    const line = Math.max(region.pixelRatio * 1.5, radius * 0.2)
    context.lineWidth = line
    for (let index = 0; index < placed.count; index++) {
      const slot = placed.slot[index] ?? 0
      const look = table.look[slot] ?? 0
      const glow = (look & LOOK.glow) !== 0
      // Packets that wait behind a glowing one are too close together for halos.
      const halo = glow || (still && (look & (LOOK.faint | LOOK.held)) === 0)
      if (!halo && slot !== selected) continue
      const x = ((placed.x[index] ?? 0) - region.x) * scale
      const y = ((placed.y[index] ?? 0) - region.y) * scale
      if (halo) {
        const visible = look & LOOK.faint ? FAINT : 1
        const colour = colourOf(kindOfLook(look), palette)
        // A glowing packet has a larger disc, which contains its halo.
        context.beginPath()
        context.arc(x, y, radius + line * (glow ? 5 : 2.5), 0, 2 * Math.PI)
        context.globalAlpha = 0.18 * visible
        context.fillStyle = colour
        context.fill()
        context.globalAlpha = visible
        context.beginPath()
        context.arc(x, y, radius + line * 2.5, 0, 2 * Math.PI)
        context.strokeStyle = colour
        context.setLineDash([line * 1.6, line * 1.6])
        context.stroke()
        context.setLineDash([])
        context.globalAlpha = 1
      }
      if (slot === selected) {
        context.beginPath()
        context.arc(x, y, radius * 1.45 + line * 1.5, 0, 2 * Math.PI)
        context.strokeStyle = palette.accent
        context.stroke()
      }
    }
  }

  private paintGlows({ scene, afterglow, palette, now }: Picture, region: Region): void {
    const { context } = this
    const { curves } = scene
    const scale = region.zoom * region.pixelRatio
    context.strokeStyle = palette.accent
    context.lineCap = 'round'
    afterglow.eachGlow(now, (link, strength) => {
      if (!curves.has(link)) return
      const points = curves
        .numbers(link)
        .map((value, at) => (value - (at % 2 === 0 ? region.x : region.y)) * scale)
      context.beginPath()
      context.moveTo(points[0] ?? 0, points[1] ?? 0)
      for (let at = 2; at < points.length; at += 6) {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = points.subarray(at, at + 6)
        context.bezierCurveTo(x1, y1, x2, y2, x3, y3)
      }
      context.globalAlpha = 0.7 * strength
      context.lineWidth = (1.5 + 2.5 * strength) * scale
      context.stroke()
    })
    context.globalAlpha = 1
  }

  private paintLosses({ scene, afterglow, palette, now }: Picture, region: Region): void {
    const { context, at } = this
    const { curves } = scene
    const scale = region.zoom * region.pixelRatio
    afterglow.eachLoss(now, ({ link, fromProxy, fraction, kind }, visible) => {
      if (!curves.has(link)) return
      curves.place(link, fraction, fromProxy, scene.reducedMotion ? 0 : curves.lane, at)
      const x = (at.x - region.x) * scale
      const y = (at.y - region.y) * scale
      const radius = radiusFor(1, region.zoom, curves.lane) * region.pixelRatio
      context.globalAlpha = visible
      context.beginPath()
      trace(context, 'error', x, y, radius, 1, 0)
      context.strokeStyle = palette.canvas
      context.lineWidth = radius * 0.44
      context.stroke()
      context.fillStyle = palette.packetError
      context.fill()
      // The lost packet's kind stays visible, small in the middle of the cross.
      context.beginPath()
      trace(context, kind, x, y, radius * 0.42, at.dx, at.dy)
      context.fillStyle = colourOf(kind, palette)
      context.fill()
    })
    context.globalAlpha = 1
  }
}
