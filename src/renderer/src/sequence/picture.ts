// A sequence diagram as a picture, and whether it can be a PNG.
import { createElement } from 'react'
import { formatCount } from '../../../shared/format'
import { type Picture, PNG_SCALE, pictureOf } from '../ui/picture'
import { DiagramPicture, type DiagramPictureProps, pictureSize } from './DiagramPicture'

/** The limits of a canvas: pixels on each side, and in total. */
const MOST_SIDE = 16_384
const MOST_PIXELS = 100_000_000

export function drawPicture(props: DiagramPictureProps): Picture {
  return pictureOf(createElement(DiagramPicture, props), pictureSize(props.diagram))
}

/** Why this picture cannot be a PNG, as a sentence; undefined if it can. */
export function tooLargeForPng({ width, height }: Picture): string | undefined {
  const [across, down] = [width * PNG_SCALE, height * PNG_SCALE]
  if (across <= MOST_SIDE && down <= MOST_SIDE && across * down <= MOST_PIXELS) return undefined
  return `The diagram is too large for a PNG: ${formatCount(across)} by ${formatCount(down)} pixels. Save it as SVG, or choose fewer packets.`
}
