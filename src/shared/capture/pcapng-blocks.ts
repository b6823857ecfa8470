// Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng), little endian: the section header,
// one interface, and one block per packet. Gathers them in chunks, so that a million small blocks
// are not a million arrays.

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const ENHANCED_PACKET = 6

const BYTE_ORDER_MAGIC = 0x1a2b3c4d
/** Packets begin with their IPv4 or IPv6 header. */
const LINK_TYPE_RAW = 101
/** No packet is longer, so none is cut. */
const SNAP_LENGTH = 0x40000

const END_OF_OPTIONS = 0
const COMMENT = 1
const USER_APPLICATION = 4
const INTERFACE_NAME = 2
const TIME_RESOLUTION = 9
const MICROSECONDS = 6

/** Longer texts are cut to this. */
const MAX_OPTION_BYTES = 0xffff
const CHUNK_BYTES = 64 * 1024

interface Option {
  code: number
  value: Uint8Array
}

const utf8 = new TextEncoder()

export class PcapngBlocks {
  private readonly ready: Uint8Array[] = []
  private chunk = new Uint8Array(CHUNK_BYTES)
  private view = new DataView(this.chunk.buffer)
  private from = 0
  private at = 0

  sectionHeader(app: string, comment: string): void {
    const options = [text(COMMENT, comment), text(USER_APPLICATION, app)]
    this.block(SECTION_HEADER, 16, options, () => {
      this.uint32(BYTE_ORDER_MAGIC)
      this.uint16(1)
      this.uint16(0)
      // Section length unknown: the section ends with the file.
      this.uint32(0xffffffff)
      this.uint32(0xffffffff)
    })
  }

  interfaceDescription(name: string): void {
    const resolution = { code: TIME_RESOLUTION, value: Uint8Array.of(MICROSECONDS) }
    this.block(INTERFACE_DESCRIPTION, 8, [text(INTERFACE_NAME, name), resolution], () => {
      this.uint16(LINK_TYPE_RAW)
      this.uint16(0)
      this.uint32(SNAP_LENGTH)
    })
  }

  /** `wall`: milliseconds since 1970. */
  packet(packet: Uint8Array, wall: number, comment: string): void {
    const microseconds = Math.max(0, Math.round(wall * 1000))
    this.block(ENHANCED_PACKET, 20 + padded(packet.length), [text(COMMENT, comment)], () => {
      this.uint32(0)
      this.uint32(Math.floor(microseconds / 2 ** 32))
      this.uint32(microseconds % 2 ** 32)
      this.uint32(packet.length)
      this.uint32(packet.length)
      this.bytes(packet)
    })
  }

  /** Returns the bytes written since the last call. */
  take(): Uint8Array[] {
    if (this.at > this.from) this.ready.push(this.chunk.subarray(this.from, this.at))
    this.from = this.at
    return this.ready.splice(0)
  }

  private block(type: number, bodyBytes: number, options: readonly Option[], body: () => void) {
    const optionBytes = options.reduce((sum, { value }) => sum + 4 + padded(value.length), 4)
    const length = 12 + bodyBytes + optionBytes
    this.makeRoom(length)
    this.uint32(type)
    this.uint32(length)
    body()
    for (const { code, value } of options) {
      this.uint16(code)
      this.uint16(value.length)
      this.bytes(value)
    }
    this.uint16(END_OF_OPTIONS)
    this.uint16(0)
    this.uint32(length)
  }

  private makeRoom(length: number): void {
    if (this.at + length <= this.chunk.length) return
    if (this.at > this.from) this.ready.push(this.chunk.subarray(this.from, this.at))
    this.chunk = new Uint8Array(Math.max(CHUNK_BYTES, length))
    this.view = new DataView(this.chunk.buffer)
    this.from = 0
    this.at = 0
  }

  private uint16(value: number): void {
    this.view.setUint16(this.at, value, true)
    this.at += 2
  }

  private uint32(value: number): void {
    this.view.setUint32(this.at, value, true)
    this.at += 4
  }

  private bytes(value: Uint8Array): void {
    this.chunk.set(value, this.at)
    this.at += padded(value.length)
  }
}

function text(code: number, value: string): Option {
  return { code, value: utf8.encode(value).subarray(0, MAX_OPTION_BYTES) }
}

/** Every field begins at a multiple of four bytes. */
function padded(length: number): number {
  return (length + 3) & ~3
}
