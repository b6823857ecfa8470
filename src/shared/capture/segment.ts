// A TCP segment in its IP packet, as bytes: headers for IPv4 and IPv6 with their checksums (RFC
// 791, 8200, 9293).
import { asIpv6 } from './addresses'

/** 4 or 16 bytes of address. */
export interface IpEndpoint {
  address: Uint8Array
  port: number
}

export const FIN = 0x01
export const SYN = 0x02
export const PSH = 0x08
export const ACK = 0x10

interface Segment {
  from: IpEndpoint
  to: IpEndpoint
  sequence: number
  acknowledgement: number
  /** FIN, SYN, PSH, ACK. */
  flags: number
  payload: Uint8Array
}

const IPV4_HEADER_BYTES = 20
const IPV6_HEADER_BYTES = 40
const TCP_HEADER_BYTES = 20
/** The largest payload of a segment: an IPv4 packet's length is a 16-bit number. */
export const MAX_SEGMENT_BYTES = 0xffff - IPV4_HEADER_BYTES - TCP_HEADER_BYTES

const TCP = 6
const HOPS = 64
const DO_NOT_FRAGMENT = 0x4000
const WINDOW = 0xffff
/** On a SYN: the largest segment, and a window scale so large that the window never fills. */
const SYN_OPTIONS = [2, 4, MAX_SEGMENT_BYTES >> 8, MAX_SEGMENT_BYTES & 0xff, 1, 3, 3, 14]

/** Returns the bytes of the IP packet: IPv6 if either address is. */
export function ipPacket(segment: Segment): Uint8Array<ArrayBuffer> {
  const isIpv4 = segment.from.address.length === 4 && segment.to.address.length === 4
  const from = isIpv4 ? segment.from.address : asIpv6(segment.from.address)
  const to = isIpv4 ? segment.to.address : asIpv6(segment.to.address)
  const ipBytes = isIpv4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES
  const options = segment.flags & SYN ? SYN_OPTIONS : []
  const tcpBytes = TCP_HEADER_BYTES + options.length
  const length = tcpBytes + segment.payload.length

  const bytes = new Uint8Array(ipBytes + length)
  const view = new DataView(bytes.buffer)
  if (isIpv4) writeIpv4(view, from, to, ipBytes + length)
  else writeIpv6(view, from, to, length)

  view.setUint16(ipBytes, segment.from.port)
  view.setUint16(ipBytes + 2, segment.to.port)
  view.setUint32(ipBytes + 4, segment.sequence)
  view.setUint32(ipBytes + 8, segment.acknowledgement)
  view.setUint8(ipBytes + 12, (tcpBytes / 4) << 4)
  view.setUint8(ipBytes + 13, segment.flags)
  view.setUint16(ipBytes + 14, WINDOW)
  bytes.set(options, ipBytes + TCP_HEADER_BYTES)
  bytes.set(segment.payload, ipBytes + tcpBytes)
  // The checksum also covers a pseudo header: both addresses, the protocol and the length.
  const pseudo = sumOf(from, 0, from.length) + sumOf(to, 0, to.length) + TCP + length
  view.setUint16(ipBytes + 16, checksum(pseudo + sumOf(bytes, ipBytes, bytes.length)))
  return bytes
}

function writeIpv4(view: DataView, from: Uint8Array, to: Uint8Array, length: number): void {
  const bytes = new Uint8Array(view.buffer)
  view.setUint16(0, 0x4500)
  view.setUint16(2, length)
  view.setUint16(6, DO_NOT_FRAGMENT)
  view.setUint8(8, HOPS)
  view.setUint8(9, TCP)
  bytes.set(from, 12)
  bytes.set(to, 16)
  view.setUint16(10, checksum(sumOf(bytes, 0, IPV4_HEADER_BYTES)))
}

function writeIpv6(view: DataView, from: Uint8Array, to: Uint8Array, length: number): void {
  const bytes = new Uint8Array(view.buffer)
  view.setUint8(0, 0x60)
  // A segment of MAX_SEGMENT_BYTES fits here as well.
  view.setUint16(4, length)
  view.setUint8(6, TCP)
  view.setUint8(7, HOPS)
  bytes.set(from, 8)
  bytes.set(to, 24)
}

/** Sums the 16-bit numbers in at most 64 KiB, so that the sum stays exact. */
function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 2)
    sum += ((bytes[at] ?? 0) << 8) + (at + 1 < to ? (bytes[at + 1] ?? 0) : 0)
  return sum
}

/** The ones' complement of the ones' complement sum. */
function checksum(sum: number): number {
  let folded = sum
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16)
  return ~folded & 0xffff
}
