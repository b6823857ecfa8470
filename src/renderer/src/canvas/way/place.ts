// Where an element of the canvas's own coordinates stands, in the same size at every zoom.
import type { Point } from '../../ui/point'

export function place(element: HTMLElement, { x, y }: Point, zoom: number): void {
  element.style.transform = `translate(${x}px, ${y}px) scale(${1 / zoom})`
  element.style.visibility = 'visible'
}
