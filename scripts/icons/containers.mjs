// Packs rendered images into one file: `.ico` for Windows, `.icns` for macOS. Our own code, because
// the libraries for it scale one large picture down and so lose the drawing for small sizes.

/**
 * Larger pictures, in pixels, are stored as PNG: Windows has read those since Vista, but installers
 * need small ones uncompressed.
 */
const LARGEST_BITMAP = 64

/** @see https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) */
export function ico(images) {
  const entries = images.map((image) =>
    image.size > LARGEST_BITMAP ? image.png : bitmap(image.size, image.pixels),
  )
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, { size }] of images.entries()) {
    const at = 6 + 16 * index
    // 256 does not fit into a byte and is written as 0.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(entries[index].length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += entries[index].length
  }
  return Buffer.concat([header, ...entries])
}

/**
 * 32 bits per pixel, from the bottom row up, then a mask of one bit per pixel, which is all zero
 * because alpha makes it superfluous.
 */
function bitmap(size, pixels) {
  const maskRow = Math.ceil(size / 32) * 4
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  // The height counts the picture and its mask.
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  header.writeUInt32LE(size * size * 4 + maskRow * size, 20)
  const colours = Buffer.alloc(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = ((size - 1 - y) * size + x) * 4
      const to = (y * size + x) * 4
      const [red, green, blue, alpha] = pixels.subarray(from, from + 4)
      colours.set([blue, green, red, alpha], to)
    }
  }
  return Buffer.concat([header, colours, Buffer.alloc(maskRow * size)])
}

/** PNG entries by size in pixels; one entry also serves half its size on a high-density screen. */
const ICNS_PNG = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/**
 * Entries of plain colours and a mask, because some versions of macOS draw PNGs of these sizes
 * wrongly.
 */
const ICNS_PLAIN = { 16: ['is32', 's8mk'], 32: ['il32', 'l8mk'] }

/** @see https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
export function icns(images) {
  const entries = images.flatMap(({ size, pixels, png }) => {
    const [colours, mask] = ICNS_PLAIN[size] ?? []
    const plain = colours
      ? [entry(colours, Buffer.concat([0, 1, 2].map((channel) => pack(plane(pixels, channel)))))]
      : []
    if (mask) plain.push(entry(mask, plane(pixels, 3)))
    return [...plain, ...(ICNS_PNG[size] ?? []).map((type) => entry(type, png))]
  })
  return entry('icns', Buffer.concat(entries))
}

function entry(type, data) {
  const header = Buffer.alloc(8)
  header.write(type, 0, 'latin1')
  header.writeUInt32BE(8 + data.length, 4)
  return Buffer.concat([header, data])
}

const plane = (pixels, channel) => Buffer.from(pixels.filter((_, index) => index % 4 === channel))

/**
 * Run lengths: n < 128 is followed by n + 1 literal bytes, n ≥ 128 by one byte that is repeated n -
 * 125 times.
 */
function pack(bytes) {
  const packed = []
  let literal = []
  const flush = () => {
    if (literal.length > 0) packed.push(literal.length - 1, ...literal)
    literal = []
  }
  for (let at = 0; at < bytes.length; ) {
    let run = 1
    while (run < 130 && bytes[at + run] === bytes[at]) run++
    if (run >= 3) {
      flush()
      packed.push(run + 125, bytes[at])
      at += run
    } else {
      literal.push(bytes[at])
      if (literal.length === 128) flush()
      at++
    }
  }
  flush()
  return Buffer.from(packed)
}
