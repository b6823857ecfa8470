// The committed icons match the current drawing, in every size that a system needs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../lib/project.mjs'
import { DRAWINGS, ICNS_SIZES, ICO_SIZES, PNG_SIZES, render } from './drawings.mjs'

const committed = (name) => readFileSync(join(ROOT, 'resources', name))

async function decode(png) {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { size: info.width, pixels: data }
}

/**
 * Average difference of pixels, out of 255: renderers round differently, but a changed drawing
 * differs far more.
 */
function difference(one, other) {
  expect(one.size).toBe(other.size)
  let sum = 0
  for (let at = 0; at < one.pixels.length; at++) sum += Math.abs(one.pixels[at] - other.pixels[at])
  return sum / one.pixels.length
}
const ROUNDING = 0.5

/** The pictures in an `.ico`, by size. */
async function readIco(file) {
  const pictures = new Map()
  for (let index = 0; index < file.readUInt16LE(4); index++) {
    const at = 6 + 16 * index
    const size = file.readUInt8(at) || 256
    const data = file.subarray(
      file.readUInt32LE(at + 12),
      file.readUInt32LE(at + 12) + file.readUInt32LE(at + 8),
    )
    const isPng = data.subarray(1, 4).toString('latin1') === 'PNG'
    pictures.set(size, isPng ? await decode(data) : readBitmap(data))
  }
  return pictures
}

function readBitmap(data) {
  const size = data.readInt32LE(4)
  expect(data.readInt32LE(8)).toBe(size * 2)
  expect(data.length).toBe(40 + size * size * 4 + Math.ceil(size / 32) * 4 * size)
  const pixels = Buffer.alloc(size * size * 4)
  for (let at = 0; at < size * size; at++) {
    const row = size - 1 - Math.floor(at / size)
    const [blue, green, red, alpha] = data.subarray(40 + at * 4, 44 + at * 4)
    pixels.set([red, green, blue, alpha], (row * size + (at % size)) * 4)
  }
  return { size, pixels }
}

/** The entries of an `.icns`, by type. */
function readIcns(file) {
  expect(file.toString('latin1', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const entries = new Map()
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    entries.set(
      file.toString('latin1', at, at + 4),
      file.subarray(at + 8, at + file.readUInt32BE(at + 4)),
    )
  }
  return entries
}

function unpackPlain(colours, mask) {
  const bytes = []
  for (let at = 0; at < colours.length; ) {
    const control = colours[at++]
    if (control < 128) {
      bytes.push(...colours.subarray(at, at + control + 1))
      at += control + 1
    } else {
      bytes.push(...Array(control - 125).fill(colours[at++]))
    }
  }
  expect(bytes.length).toBe(mask.length * 3)
  const pixels = [...mask].flatMap((alpha, at) => [
    bytes[at],
    bytes[at + mask.length],
    bytes[at + 2 * mask.length],
    alpha,
  ])
  return { size: Math.sqrt(mask.length), pixels }
}

describe.each(Object.entries(DRAWINGS))('%s', (name, { drawing, mac, pngName }) => {
  it.each(PNG_SIZES)('as a PNG of %i pixels is what is drawn now', async (size) => {
    const file = await decode(committed(`icons/${pngName(size)}`))
    expect(difference(file, await render(drawing, size))).toBeLessThan(ROUNDING)
  })

  it('.ico holds every size', async () => {
    const pictures = await readIco(committed(`icons/${name}.ico`))
    expect([...pictures.keys()]).toEqual(ICO_SIZES)
    for (const [size, picture] of pictures) {
      expect(difference(picture, await render(drawing, size))).toBeLessThan(ROUNDING)
    }
  })

  it('.icns holds every size, also for screens of double density', async () => {
    const entries = readIcns(committed(`icons/${name}.icns`))
    const pictures = {
      16: [unpackPlain(entries.get('is32'), entries.get('s8mk'))],
      32: [
        unpackPlain(entries.get('il32'), entries.get('l8mk')),
        await decode(entries.get('ic11')),
      ],
      64: [await decode(entries.get('ic12'))],
      128: [await decode(entries.get('ic07'))],
      256: [await decode(entries.get('ic08')), await decode(entries.get('ic13'))],
      512: [await decode(entries.get('ic09')), await decode(entries.get('ic14'))],
      1024: [await decode(entries.get('ic10'))],
    }
    expect(Object.keys(pictures).map(Number)).toEqual(ICNS_SIZES)
    expect(entries.size).toBe(4 + Object.values(pictures).flat().length - 2)
    for (const [size, list] of Object.entries(pictures)) {
      const drawn = await render(mac, Number(size))
      for (const picture of list) expect(difference(picture, drawn)).toBeLessThan(ROUNDING)
    }
  })
})

it("the window's icon is the same drawing", async () => {
  const file = await decode(committed('icon.png'))
  expect(difference(file, await render(DRAWINGS.icon.drawing, 512))).toBeLessThan(ROUNDING)
})

describe('the drawings', () => {
  it('are told apart', async () => {
    const [icon, recording, scenario] = await Promise.all(
      Object.values(DRAWINGS).map(({ drawing }) => render(drawing, 16)),
    )
    expect(difference(recording, scenario)).toBeGreaterThan(ROUNDING)
    expect(difference(icon, recording)).toBeGreaterThan(ROUNDING)
  })

  it.each([
    ['mac', 16, 14 / 16],
    ['mac', 1024, 824 / 1024],
    ['drawing', 16, 1],
    ['drawing', 1024, 960 / 1024],
  ])('%s at %i pixels has the margin of its system', async (system, size, share) => {
    const { pixels } = await render(DRAWINGS.icon[system], size)
    const middle = pixels.subarray((size / 2) * size * 4, (size / 2 + 1) * size * 4)
    const opaque = middle.filter((value, at) => at % 4 === 3 && value > 127).length
    expect(opaque / size).toBeCloseTo(share, 2)
  })

  it('have less detail where it would not be seen', () => {
    const { drawing } = DRAWINGS.icon
    expect(drawing(32)).toContain('.large { display: none }')
    expect(drawing(48)).toContain('.small { display: none }')
  })
})
