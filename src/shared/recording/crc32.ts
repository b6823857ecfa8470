// CRC-32 (ISO 3309, as in zip and PNG), eight bytes at a time: a recording is checked whole while it is opened.

const TABLES = makeTables()

/** The checksum of these bytes; `start`: that of the bytes before them. */
export function crc32(bytes: Uint8Array, start = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES
  let crc = ~start
  let index = 0
  for (const end = bytes.length - 7; index < end; index += 8) {
    const low = crc ^ at(bytes, index) ^ (at(bytes, index + 1) << 8) ^ (at(bytes, index + 2) << 16)
    const first = low ^ (at(bytes, index + 3) << 24)
    crc =
      at(t7, first & 255) ^
      at(t6, (first >>> 8) & 255) ^
      at(t5, (first >>> 16) & 255) ^
      at(t4, first >>> 24) ^
      at(t3, at(bytes, index + 4)) ^
      at(t2, at(bytes, index + 5)) ^
      at(t1, at(bytes, index + 6)) ^
      at(t0, at(bytes, index + 7))
  }
  for (; index < bytes.length; index++) crc = at(t0, (crc ^ at(bytes, index)) & 255) ^ (crc >>> 8)
  return ~crc >>> 0
}

type Table = Uint32Array

function makeTables(): [Table, Table, Table, Table, Table, Table, Table, Table] {
  const first = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    first[byte] = value
  }
  const after = (table: Table) => table.map((value) => (value >>> 8) ^ at(first, value & 255))
  const t1 = after(first)
  const t2 = after(t1)
  const t3 = after(t2)
  const t4 = after(t3)
  const t5 = after(t4)
  const t6 = after(t5)
  return [first, t1, t2, t3, t4, t5, t6, after(t6)]
}

function at(numbers: Uint8Array | Uint32Array, index: number): number {
  return numbers[index] ?? 0
}
