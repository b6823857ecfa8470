// A diagram as a file: an SVG, or a PNG painted from it at twice its size.
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { formatCount } from '../../../shared/format'
import { DiagramPicture, type DiagramPictureProps, pictureSize } from './DiagramPicture'

export interface Picture {
  svg: string
  width: number
  height: number
}

/** The limits of a canvas: pixels on each side, and in total. */
const MOST_SIDE = 16_384
const MOST_PIXELS = 100_000_000
const PNG_SCALE = 2

/** Draws the picture in an element outside the page. */
export function drawPicture(props: DiagramPictureProps): Picture {
  const element = document.createElement('div')
  const root = createRoot(element)
  flushSync(() => root.render(createElement(DiagramPicture, props)))
  const [svg] = element.children
  if (svg === undefined) throw new Error('The diagram could not be drawn.')
  const text = new XMLSerializer().serializeToString(svg)
  root.unmount()
  return { svg: text, ...pictureSize(props.diagram) }
}

/** Why this picture cannot be a PNG, as a sentence; undefined if it can. */
export function tooLargeForPng({ width, height }: Picture): string | undefined {
  const [across, down] = [width * PNG_SCALE, height * PNG_SCALE]
  if (across <= MOST_SIDE && down <= MOST_SIDE && across * down <= MOST_PIXELS) return undefined
  return `The diagram is too large for a PNG: ${formatCount(across)} by ${formatCount(down)} pixels. Save it as SVG, or choose fewer packets.`
}

/** Rejects with an Error in words where the browser cannot paint it. */
export async function toPng({ svg, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * PNG_SCALE
    canvas.height = height * PNG_SCALE
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('There is no memory for a picture of this size.')
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    const png = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png')
    })
    if (png === null) throw new Error('There is no memory for a picture of this size.')
    return png
  } finally {
    URL.revokeObjectURL(url)
  }
}
