// The diagram as a picture of its own: SVG with the theme's colours in it and no font but the reader's, with a title, the
// heads of the lifelines and a legend; and PNG, which is that SVG painted at twice its size.
import type { PacketKind } from '../../../shared/events'
import { formatCount, formatDuration, shortened } from '../../../shared/format'
import type { NodeId, SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { KIND_NAMES } from '../ui/names'
import { COLOURS, type Scheme } from '../ui/theme/tokens'
import { drawArrow, INKS, type Ink, type Stroke, shapeOf } from './drawing'
import type { Arrow, Diagram } from './layout'
import { headOf } from './words'

export interface Picture {
  svg: string
  width: number
  height: number
}

export interface PictureInput {
  diagram: Diagram
  title: string
  scheme: Scheme
  nameOf(node: NodeId): string
  labelOf(packet: Packet): string
  /** Of moments in order, as they stand below one another. */
  timesOf(moments: readonly SimMs[]): readonly string[]
  isDimmed(packet: Packet): boolean
}

/** A canvas holds no more: on a side, and in all. */
const MOST_SIDE = 16_384
const MOST_PIXELS = 100_000_000
const PNG_SCALE = 2
/** Of the height of a row; the usual width of a letter, of the size of the text. */
const TEXT = 0.67
const LETTER = 0.58
const LEAST_WIDTH_ROWS = 40
const DIMMED = 0.25

export function drawPicture(input: PictureInput): Picture {
  const { diagram, title, scheme } = input
  const { row } = diagram
  const colours = COLOURS[scheme]
  const width = Math.ceil(Math.max(diagram.width, LEAST_WIDTH_ROWS * row) + row)
  const top = 5.2 * row
  const height = Math.ceil(top + diagram.height + row * 0.5)
  const text = row * TEXT
  const times = input.timesOf(diagram.ticks.map(({ at }) => at))
  const body = [
    `<rect width="${width}" height="${height}" fill="${colours.panel}"/>`,
    words(title, { x: row * 0.7, y: row * 1.3, size: text * 1.25, ink: 'ink', bold: true }),
    ...legend(row * 0.7, row * 2.5),
    `<g transform="translate(0 ${round(top)})">`,
    ...heads(),
    ...lifelines(),
    ...diagram.breaks.flatMap(({ top: y, bottom, lastsMs }) => [
      ...pause(y, bottom),
      words(`⋮ ${formatDuration(lastsMs)}`, {
        x: diagram.gutter - row * 0.6,
        y: (y + bottom) / 2 + text * 0.35,
        ink: 'muted',
        anchor: 'end',
      }),
    ]),
    ...diagram.ticks.map(({ y }, index) =>
      words(times[index] ?? '', {
        x: diagram.gutter - row * 0.6,
        y: y + text * 0.35,
        ink: 'muted',
        anchor: 'end',
      }),
    ),
    ...diagram.arrows.map(arrowGroup),
    '</g>',
  ]
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="${round(text)}">`,
    `<title>${escaped(title)}</title>`,
    ...body,
    '</svg>',
  ].join('\n')
  return { svg, width, height }

  function words(
    content: string,
    { x, y, ink, size = text, anchor = 'start', bold = false, halo = false }: TextStyle,
  ): string {
    const paint = halo
      ? ` stroke="${colours.panel}" stroke-width="${round(row * 0.2)}" stroke-linejoin="round" paint-order="stroke"`
      : ''
    const weight = bold ? ' font-weight="600"' : ''
    return `<text x="${round(x)}" y="${round(y)}" fill="${colours[ink]}" font-size="${round(size)}" text-anchor="${anchor}"${weight}${paint}>${escaped(content)}</text>`
  }

  function stroke({ d, ink, width: line, dash, hollow }: Stroke): string {
    if (line === undefined) return `<path d="${d}" fill="${colours[ink]}"/>`
    const fill = hollow ? colours.panel : 'none'
    const dashes = dash ? ` stroke-dasharray="${dash}"` : ''
    return `<path d="${d}" fill="${fill}" stroke="${colours[ink]}" stroke-width="${round(line)}"${dashes}/>`
  }

  function arrowGroup(arrow: Arrow): string {
    const { packet, label } = arrow
    const dimmed = input.isDimmed(packet) ? ` opacity="${DIMMED}"` : ''
    const written = words(input.labelOf(packet), { ...label, ink: 'ink', halo: true })
    return `<g${dimmed}>${drawArrow(arrow, row).map(stroke).join('')}${written}</g>`
  }

  function heads(): string[] {
    const letters = Math.max(4, Math.floor(diagram.spacing / (text * LETTER)))
    const middle = { anchor: 'middle' } as const
    return diagram.lifelines.flatMap(({ node, x }) => {
      const { name, origin } = headOf(input.nameOf(node))
      const bold = shortened(name, letters)
      return [
        words(bold, { ...middle, x, y: -row * (origin ? 1.2 : 0.6), ink: 'ink', bold: true }),
        ...(origin
          ? [words(origin, { ...middle, x, y: -row * 0.5, size: text * 0.85, ink: 'muted' })]
          : []),
      ]
    })
  }

  function lifelines(): string[] {
    return diagram.lifelines.map(
      ({ x }) =>
        `<path d="M${round(x)} ${round(-row * 0.3)}V${round(diagram.height)}" stroke="${colours.line}" stroke-width="1.5"/>`,
    )
  }

  /** Time that is not drawn: the lifelines go on as dots. */
  function pause(y: number, bottom: number): string[] {
    const { gutter, lifelines: lines } = diagram
    const d = lines.map(({ x }) => `M${round(x)} ${round(y)}V${round(bottom)}`).join('')
    return [
      `<rect x="${round(gutter)}" y="${round(y)}" width="${round(diagram.width - gutter)}" height="${round(bottom - y)}" fill="${colours.panel}"/>`,
      `<path d="${d}" stroke="${colours.muted}" stroke-width="1.5" stroke-dasharray="1.5 5"/>`,
    ]
  }

  function legend(x: number, y: number): string[] {
    let at = x
    const entries: string[] = []
    const entry = (marks: Stroke[], name: string) => {
      entries.push(...marks.map(stroke))
      entries.push(words(name, { x: at + row * 0.7, y, ink: 'muted' }))
      at += row * 0.7 + name.length * text * LETTER + row
    }
    const middle = () => ({ x: at + row * 0.2, y: y - text * 0.35 })
    for (const kind of KINDS) {
      const d = shapeOf(kind, middle(), row * 0.28)
      entry(
        [{ d, ink: INKS[kind], ...(kind === 'error' ? { width: row * 0.14 } : {}) }],
        KIND_NAMES[kind],
      )
    }
    const { x: left, y: centre } = middle()
    const dashes = `M${round(left - row * 0.4)} ${round(centre)}h${round(row * 0.75)}`
    entry([{ d: dashes, ink: 'muted', width: 1.6, dash: '5 3.5' }], 'held on its way')
    entry([{ d: shapeOf('error', middle(), row * 0.3), ink: 'ink', width: 2 }], 'lost')
    entry(
      [{ d: shapeOf(0, middle(), row * 0.28), ink: 'muted', width: 1.6, hollow: true }],
      'under way',
    )
    return entries
  }
}

interface TextStyle {
  x: number
  y: number
  ink: Ink
  size?: number
  anchor?: 'start' | 'middle' | 'end'
  bold?: boolean
  /** In front of lines, with a rim of the panel's colour. */
  halo?: boolean
}

const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']

/** Why there can be no PNG of this picture, as a sentence; undefined where there can. */
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

/** Payloads may hold anything: what XML cannot hold becomes the replacement character. */
function escaped(text: string): string {
  return text
    .replace(NOT_IN_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

function round(value: number): number {
  return Math.round(value * 10) / 10
}
