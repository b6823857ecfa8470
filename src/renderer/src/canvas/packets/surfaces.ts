// The two canvases in the page, one of them visible. When the view leaves the region of the visible one, the other is
// drawn for the new region, and they are swapped in one frame. So a picture is never shown at a wrong place.
import type { FromWorker, Surface, ToWorker } from './messages'
import { type Box, type PaneView, type Region, regionFor, serves } from './region'

/** A view that has not changed for this long is at rest. */
const SETTLE_MS = 120

export class Surfaces {
  private readonly canvases: readonly [HTMLCanvasElement, HTMLCanvasElement]
  private front: Surface = 0
  /** The region that the visible canvas was drawn for; null: neither is visible. */
  private shown: Region | null = null
  /** The region that the other canvas is being drawn for. */
  private pending: Region | null = null
  private view: PaneView | null = null
  private bounds: Box | null = null
  private settling: ReturnType<typeof setTimeout> | undefined
  private disposed = false

  /** `host` lies in the element that React Flow moves, at its origin. */
  constructor(
    host: HTMLElement,
    private readonly post: (message: ToWorker, transfer?: Transferable[]) => void,
  ) {
    this.canvases = [hiddenCanvas(), hiddenCanvas()]
    host.append(...this.canvases)
    const [first, second] = this.canvases
    const canvases = [
      first.transferControlToOffscreen(),
      second.transferControlToOffscreen(),
    ] as const
    post({ type: 'surfaces', canvases }, [...canvases])
  }

  setBounds(bounds: Box | null): void {
    this.bounds = bounds
    this.look(false)
    this.settleSoon()
  }

  setView(view: PaneView): void {
    const first = this.view === null
    this.view = view
    this.look(first)
    this.settleSoon()
  }

  take(message: FromWorker): void {
    if (this.pending === null || message.surface === this.front) return
    requestAnimationFrame(() => this.swap())
  }

  dispose(): void {
    this.disposed = true
    clearTimeout(this.settling)
    for (const canvas of this.canvases) canvas.remove()
  }

  private settleSoon(): void {
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      this.settling = undefined
      this.look(true)
    }, SETTLE_MS)
  }

  private look(settled: boolean): void {
    const { view, bounds, shown } = this
    if (view === null || view.width === 0 || this.pending !== null) return
    if (shown !== null && serves(shown, view, bounds, settled)) return
    const region = regionFor(view, bounds)
    if (region === null) return
    const surface = other(this.front)
    this.pending = region
    lay(this.canvases[surface], region)
    this.post({ type: 'show', surface, region })
  }

  private swap(): void {
    if (this.disposed) return
    const back = this.front
    this.front = other(back)
    this.canvases[this.front].style.visibility = 'visible'
    this.canvases[back].style.visibility = 'hidden'
    this.shown = this.pending
    // The old canvas stays visible until the new one is on the screen.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        if (this.disposed) return
        this.post({ type: 'hide', surface: back })
        this.pending = null
        this.look(this.settling === undefined)
      })
    })
  }
}

function other(surface: Surface): Surface {
  return surface === 0 ? 1 : 0
}

function hiddenCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    transformOrigin: '0 0',
    pointerEvents: 'none',
    visibility: 'hidden',
  })
  return canvas
}

/** Lays a canvas over its region with a transform, since positions would be rounded to whole pixels. */
function lay(canvas: HTMLCanvasElement, { x, y, zoom, pixelRatio, width, height }: Region): void {
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  canvas.style.transform = `translate(${x}px, ${y}px) scale(${1 / (zoom * pixelRatio)})`
}
