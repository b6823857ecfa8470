// The drawings for each file and size: the app's mark, and a sheet with the mark for each kind of
// file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { ROOT } from '../lib/project.mjs'

/** The sizes in pixels that Linux and the file formats of the other two need. */
export const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
export const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024]

/** The detailed drawing is legible from this size on, in pixels. */
const DETAIL_FROM = 48

/** On macOS a mark fills 824 of 1024 pixels; the drawing fills 960 of them. */
const MAC_SCALE = 824 / 960
/**
 * The small drawing reaches the edge; a margin of one pixel in sixteen keeps its own edges sharp.
 */
const SMALL_MAC_SCALE = 14 / 16

const source = (name) => readFileSync(join(ROOT, 'resources', name), 'utf8')
const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${body}</svg>`
const withoutShell = (text) =>
  text.replace(/<\/?svg[^>]*>|<title>.*?<\/title>|<style>.*?<\/style>/gs, '')
const hide = (...selectors) => `<style>${selectors.join()} { display: none }</style>`

const mark = withoutShell(source('icon.svg'))
const sheet = withoutShell(source('document.svg')).replace(
  /(<g class="mark"[^>]*) \/>/g,
  (_, open) => `${open}>${mark}</g>`,
)

/** The class of elements that are hidden at this size. */
const unfit = (size) => (size < DETAIL_FROM ? '.large' : '.small')
const drawMark = (size) => svg(hide(unfit(size)) + mark)
const drawMacMark = (size) => {
  const scale = size < DETAIL_FROM ? SMALL_MAC_SCALE : MAC_SCALE
  const shift = 256 * (1 - scale)
  return svg(
    `${hide(unfit(size))}<g transform="translate(${shift} ${shift}) scale(${scale})">${mark}</g>`,
  )
}
/** The kinds of files, each with a foot of its own. */
const SHEETS = ['recording', 'scenario', 'lesson']
/** On a small sheet the mark has no tile, which would leave it too few pixels. */
const drawSheet = (name) => (size) => {
  const others = SHEETS.filter((other) => other !== name).map((other) => `.${other}`)
  return svg(hide(unfit(size), ...others, '.mark .small rect') + sheet)
}

/**
 * File name → how to draw it at a size in pixels, and what its PNG of a size is called. Each kind
 * of file has a folder of its own, because packagers take all files in a folder for one icon.
 */
export const DRAWINGS = {
  icon: { drawing: drawMark, mac: drawMacMark, pngName: (size) => `${size}x${size}.png` },
  ...Object.fromEntries(SHEETS.map((name) => [name, fileType(name)])),
}

function fileType(name) {
  const drawing = drawSheet(name)
  return { drawing, mac: drawing, pngName: (size) => `${name}/${size}x${size}.png` }
}

/** Pixels are 8-bit RGBA, row by row from the top. */
export async function render(drawing, size) {
  const image = sharp(Buffer.from(drawing(size)), { density: (72 * size) / 512 }).resize(size, size)
  const pixels = await image.clone().ensureAlpha().raw().toBuffer()
  const png = await image.png({ compressionLevel: 9, palette: false }).toBuffer()
  return { size, pixels, png }
}
