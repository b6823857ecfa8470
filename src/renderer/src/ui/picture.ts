// A drawing as a file: an SVG, or a PNG painted from it at twice its size.
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

export interface Picture {
  svg: string
  width: number
  height: number
}

export const PNG_SCALE = 2

/** Draws an SVG element of this size outside the page. */
export function pictureOf(
  drawing: ReactNode,
  { width, height }: { width: number; height: number },
): Picture {
  const element = document.createElement('div')
  const root = createRoot(element)
  flushSync(() => root.render(drawing))
  const [svg] = element.children
  if (svg === undefined) throw new Error('The picture could not be drawn.')
  const text = new XMLSerializer().serializeToString(svg)
  root.unmount()
  return { svg: text, width, height }
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
