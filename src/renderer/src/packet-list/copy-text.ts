// Packets as text for the clipboard: as JSON, as a table, as bytes.
import { readBytes } from '../../../shared/protocol/reading'
import type { Packet } from '../../../shared/state/state'
import type { PacketColumn } from '../choices/preferences'
import { COLUMNS, type RowSource } from './columns'
import { statusOf } from './summary'

export type CopyForm = 'json' | 'table' | 'bytes'

/** Longer texts are not copied, since most programs could not paste them. */
export const MAX_COPY_CHARS = 32 * 1024 * 1024

const textOf = new TextDecoder('utf-8', { fatal: true })

/** Undefined where it would be longer than `limit` characters. */
export function copyText(
  form: CopyForm,
  source: RowSource,
  packets: readonly Packet[],
  columns: readonly PacketColumn[],
  limit = MAX_COPY_CHARS,
): string | undefined {
  const lines: string[] = []
  let length = 0
  for (const packet of packets) {
    const line = lineOf(form, source, packet, columns)
    length += line.length + 1
    if (length > limit) return undefined
    lines.push(line)
  }
  switch (form) {
    case 'json':
      return `[\n${lines.join(',\n')}\n]\n`
    case 'table':
      return `${[headings(columns), ...lines].join('\n')}\n`
    case 'bytes':
      return `${lines.join('\n')}\n`
  }
}

function lineOf(
  form: CopyForm,
  source: RowSource,
  packet: Packet,
  columns: readonly PacketColumn[],
): string {
  switch (form) {
    case 'json':
      return indented(JSON.stringify(objectOf(packet), undefined, 2))
    case 'table':
      return columns.map((name) => cellOf(COLUMNS[name].text(source, packet))).join('\t')
    case 'bytes':
      return hexOf(packet.bytes)
  }
}

/** The times in it are simulated milliseconds since the lab was started. */
function objectOf(packet: Packet) {
  const { id, exchange, kind, from, to, connection, bytes, sentAt, endedAt } = packet
  return {
    packet: id,
    exchange: exchange === 0 ? null : exchange,
    type: kind,
    from,
    to,
    connection,
    status: statusOf(packet),
    sentAtMs: toMicroseconds(sentAt),
    endedAtMs: endedAt === undefined ? null : toMicroseconds(endedAt),
    ...(packet.dropped && { lostBecause: packet.dropped }),
    ...(packet.verdict && { hash: packet.verdict }),
    size: bytes.length,
    ...contentOf(bytes),
  }
}

/** The message as JSON if possible, else as text, else as hex. */
function contentOf(bytes: Uint8Array): { message: unknown } | { text: string } | { hex: string } {
  const reading = readBytes(bytes)
  if (reading.kind !== 'unreadable') return { message: reading.fields }
  try {
    return { text: textOf.decode(bytes) }
  } catch {
    return { hex: hexOf(bytes) }
  }
}

function headings(columns: readonly PacketColumn[]): string {
  return columns.map((name) => COLUMNS[name].title).join('\t')
}

/** Replaces what would start another cell or row by a space. */
function cellOf(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ')
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => HEX[byte]).join(' ')
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
