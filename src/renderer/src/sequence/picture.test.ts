import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Picture } from '../ui/picture'
import { COLOURS } from '../ui/theme/tokens'
import { DiagramPicture, pictureSize } from './DiagramPicture'
import { layOut } from './layout'
import { tooLargeForPng } from './picture'
import { packet } from './testing'

const PACKETS = [
  packet(1),
  packet(2, { from: 'proxy', to: 'server:100', status: 'dropped', endedAt: 2300 }),
  packet(3, { kind: 2, from: 'server:100', status: 'flying' }),
]

function picture(title = 'Exchange 1', label = (id: number) => `packet ${id}`): Picture {
  const nodes = ['client:1', 'proxy', 'server:100']
  const diagram = layOut({ packets: PACKETS, nodes, now: 3200, width: 700, row: 18 })
  const drawn = createElement(DiagramPicture, {
    diagram,
    title,
    scheme: 'dark',
    nameOf: (node) => node,
    labelOf: ({ id }) => label(id),
    isDimmed: ({ id }) => id === 2,
  })
  return { svg: renderToStaticMarkup(drawn), ...pictureSize(diagram) }
}

it('needs nothing but itself: the colours of the theme are in it, and no style, script or link', () => {
  const { svg } = picture()
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain(`fill="${COLOURS.dark.panel}"`)
  expect(svg).toContain(COLOURS.dark.packet2)
  expect(svg).not.toMatch(/var\(|class=|style|script|href|url\(/)
})

it('has the title, the heads, the legend, the times and every label', () => {
  const { svg } = picture()
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(words).toEqual(
    expect.arrayContaining(['Exchange 1', 'client:1', 'server:100', 'registration', 'lost']),
  )
  expect(words).toEqual(
    expect.arrayContaining(['Time, s', '1.000', 'packet 1', 'packet 2', 'packet 3']),
  )
  // An arrow and its label, which is drawn after all arrows.
  expect(svg.match(/<g opacity=/g)).toHaveLength(2)
})

it('can hold whatever a payload holds', () => {
  const { svg } = picture('<b>&', () => '\u0000<i>\ud800\ud83d\ude00')
  expect(svg).toContain('&lt;b&gt;&amp;')
  expect(svg).toContain('\ufffd&lt;i&gt;\ufffd\ud83d\ude00')
})

it('says what is too large for a PNG', () => {
  expect(tooLargeForPng(picture())).toBeUndefined()
  expect(tooLargeForPng({ svg: '', width: 900, height: 12_345 })).toBe(
    'The diagram is too large for a PNG: 1,800 by 24,690 pixels. Save it as SVG, or choose fewer packets.',
  )
  expect(tooLargeForPng({ svg: '', width: 8_000, height: 8_000 })).toMatch(/16,000 by 16,000/)
})
