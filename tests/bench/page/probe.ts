// A packet and a square that share a centre. In a picture in which they do not, one of them lags.
import { Curves, numbersOf } from '../../../src/renderer/src/canvas/packets/curves'
import type { PacketLayer } from '../../../src/renderer/src/canvas/packets/layer'
import type { DrawnLink } from '../../../src/renderer/src/canvas/packets/link-book'
import { PROXY } from '../../../src/shared/ids'

const SQUARE_PX = 40
const CYAN = '#00ffff'
const MAGENTA = '#ff00ff'

export function showProbe(layer: PacketLayer, link: DrawnLink): void {
  layer.setLook(
    {
      canvas: CYAN,
      accent: CYAN,
      packet0: CYAN,
      packet1: CYAN,
      packet2: CYAN,
      packetError: CYAN,
      policies: [],
    },
    false,
  )
  layer.setClock(500, 0)
  layer.reset([
    {
      id: 1,
      kind: 0,
      from: link.id,
      to: PROXY,
      legAt: 0,
      legFrom: 0,
      dueAt: 1000,
      held: undefined,
    },
  ])

  const curves = new Curves()
  curves.replace(Float64Array.from(numbersOf(link.path)))
  const place = { x: 0, y: 0, dx: 0, dy: 0 }
  curves.place(0, 0.5, false, layer.lane, place)
  const square = document.createElement('div')
  Object.assign(square.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: `${SQUARE_PX}px`,
    height: `${SQUARE_PX}px`,
    transform: `translate(${place.x - SQUARE_PX / 2}px, ${place.y - SQUARE_PX / 2}px)`,
    background: MAGENTA,
    zIndex: '1500',
  })
  document.querySelector('.react-flow__viewport')?.append(square)
}

export async function probeDistance(png: string): Promise<number | null> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (context === null) return null
  context.drawImage(picture, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const packet = centre(data, width, (red, green, blue) => red < 120 && green > 135 && blue > 200)
  const square = centre(data, width, (red, green, blue) => red > 200 && green < 60 && blue > 200)
  return packet && square && Math.hypot(packet.x - square.x, packet.y - square.y)
}

/** The middle of the box around the pixels that match. */
function centre(
  data: Uint8ClampedArray,
  width: number,
  matches: (red: number, green: number, blue: number) => boolean,
): { x: number; y: number } | null {
  let left = width
  let top = Number.POSITIVE_INFINITY
  let right = -1
  let bottom = -1
  for (let at = 0; at < data.length; at += 4) {
    if (!matches(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) continue
    const x = (at / 4) % width
    const y = Math.floor(at / 4 / width)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return right < 0 ? null : { x: (left + right) / 2, y: (top + bottom) / 2 }
}
