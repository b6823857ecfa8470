// SHA-1 (FIPS 180-4), for where the platform's own cannot be had: a reduction of events runs at once, and a browser's
// digest does not.

const utf8 = new TextEncoder()
const BLOCK_BYTES = 64
const LENGTH_BYTES = 8
/** One for each twenty rounds. */
const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const

/** Lower-case hex, of the text's UTF-8 bytes. */
export function sha1OfText(text: string): string {
  const blocks = padded(utf8.encode(text))
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const words = new Int32Array(80)
  for (let at = 0; at < blocks.byteLength; at += BLOCK_BYTES) mix(state, words, blocks, at)
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The bytes, a one bit, zeros, and the number of bits, in whole blocks. */
function padded(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES)
  const whole = new Uint8Array(blocks * BLOCK_BYTES)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setBigUint64(whole.length - LENGTH_BYTES, BigInt(bytes.length) * 8n)
  return view
}

function mix(state: Int32Array, words: Int32Array, blocks: DataView, at: number): void {
  const word = (index: number) => words[index] ?? 0
  for (let index = 0; index < 16; index++) words[index] = blocks.getInt32(at + 4 * index)
  for (let index = 16; index < 80; index++) {
    words[index] = turned(
      word(index - 3) ^ word(index - 8) ^ word(index - 14) ^ word(index - 16),
      1,
    )
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  for (let round = 0; round < 80; round++) {
    const part = Math.floor(round / 20)
    const constant = CONSTANTS[part] ?? 0
    const next = (turned(a, 5) + chosen(part, b, c, d) + e + constant + word(round)) | 0
    ;[a, b, c, d, e] = [next, a, turned(b, 30), c, d]
  }
  ;[a, b, c, d, e].forEach((value, index) => {
    state[index] = (state[index] ?? 0) + value
  })
}

function chosen(part: number, b: number, c: number, d: number): number {
  if (part === 0) return (b & c) | (~b & d)
  return part === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
}

function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
