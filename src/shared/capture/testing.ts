// For tests: reads a capture back and checks what a reader would reject, such as wrong lengths and
// checksums.

interface Frame {
  /** Microseconds since 1970. */
  at: number
  comment: string
  from: string
  to: string
  fromPort: number
  toPort: number
  sequence: number
  acknowledgement: number
  syn: boolean
  fin: boolean
  payload: Uint8Array
}

interface Capture {
  app: string
  comment: string
  linkType: number
  frames: Frame[]
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

export function readCapture(parts: readonly Uint8Array[]): Capture {
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]))
  const capture: Capture = { app: '', comment: '', linkType: -1, frames: [] }
  for (let at = 0; at < bytes.length; ) {
    const view = new DataView(bytes.buffer, at)
    const type = view.getUint32(0, true)
    const length = view.getUint32(4, true)
    if (length % 4 !== 0 || view.getUint32(length - 4, true) !== length) {
      throw new Error(`The block at ${at} does not say its length twice.`)
    }
    readBlock(type, bytes.subarray(at + 8, at + length - 4), capture)
    at += length
  }
  return capture
}

/** Reassembles the bytes of each direction by sequence number: `from:port>to:port` → bytes. */
export function reassemble(frames: readonly Frame[]): Map<string, Uint8Array> {
  const next = new Map<string, number>()
  const streams = new Map<string, number[]>()
  for (const frame of frames) {
    const key = `${frame.from}:${frame.fromPort}>${frame.to}:${frame.toPort}`
    const expected = next.get(key)
    if (frame.syn ? expected !== undefined : expected !== frame.sequence) {
      throw new Error(`${key}: byte ${frame.sequence} comes where ${expected} is due.`)
    }
    const taken = frame.payload.length + (frame.syn || frame.fin ? 1 : 0)
    next.set(key, (frame.sequence + taken) >>> 0)
    const stream = streams.get(key) ?? []
    for (const byte of frame.payload) stream.push(byte)
    streams.set(key, stream)
  }
  return new Map([...streams].map(([key, stream]) => [key, Uint8Array.from(stream)]))
}

function readBlock(type: number, body: Uint8Array, capture: Capture): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  switch (type) {
    case 0x0a0d0d0a: {
      if (view.getUint32(0, true) !== 0x1a2b3c4d) throw new Error('Not little endian.')
      const options = readOptions(body.subarray(16))
      capture.comment = utf8.decode(options.get(1))
      capture.app = utf8.decode(options.get(4))
      return
    }
    case 1:
      capture.linkType = view.getUint16(0, true)
      return
    case 6: {
      const length = view.getUint32(12, true)
      if (view.getUint32(16, true) !== length) throw new Error('A packet was cut.')
      const at = view.getUint32(4, true) * 2 ** 32 + view.getUint32(8, true)
      const comment = readOptions(body.subarray(20 + ((length + 3) & ~3))).get(1)
      const packet = body.subarray(20, 20 + length)
      capture.frames.push({ at, comment: utf8.decode(comment), ...readPacket(packet) })
      return
    }
    default:
      throw new Error(`There is no block of type ${type}.`)
  }
}

function readOptions(bytes: Uint8Array): Map<number, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const options = new Map<number, Uint8Array>()
  for (let at = 0; ; ) {
    const code = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    if (code === 0) {
      if (at + 4 !== bytes.length) throw new Error('Something follows the options.')
      return options
    }
    options.set(code, bytes.subarray(at + 4, at + 4 + length))
    at += 4 + ((length + 3) & ~3)
  }
}

function readPacket(bytes: Uint8Array): Omit<Frame, 'at' | 'comment'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const isIpv4 = view.getUint8(0) >> 4 === 4
  const header = isIpv4 ? 20 : 40
  const addresses = isIpv4 ? bytes.subarray(12, 20) : bytes.subarray(8, 40)
  const said = isIpv4 ? view.getUint16(2) : view.getUint16(4) + header
  if (said !== bytes.length) throw new Error(`A packet of ${bytes.length} bytes says ${said}.`)
  if (isIpv4 && onesSum(bytes.subarray(0, 20)) !== 0xffff) throw new Error('Wrong IP checksum.')
  const segment = bytes.subarray(header)
  const pseudo = [...addresses, 0, 6, segment.length >> 8, segment.length & 0xff]
  if (onesSum(Uint8Array.from([...pseudo, ...segment])) !== 0xffff) {
    throw new Error('Wrong TCP checksum.')
  }
  const flags = view.getUint8(header + 13)
  const half = addresses.length / 2
  return {
    from: addresses.subarray(0, half).join('.'),
    to: addresses.subarray(half).join('.'),
    fromPort: view.getUint16(header),
    toPort: view.getUint16(header + 2),
    sequence: view.getUint32(header + 4),
    acknowledgement: view.getUint32(header + 8),
    syn: (flags & 2) !== 0,
    fin: (flags & 1) !== 0,
    payload: segment.subarray((view.getUint8(header + 12) >> 4) * 4),
  }
}

/**
 * Folds after every word, unlike the code under test; correct bytes with their checksum give
 * 0xffff.
 */
function onesSum(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    if (sum > 0xffff) sum -= 0xffff
  }
  return sum
}
