// One connection in a capture: counts the bytes of both directions and writes their segments, with
// a made-up beginning and end.
import type { PcapngBlocks } from './pcapng-blocks'
import { ACK, FIN, type IpEndpoint, ipPacket, MAX_SEGMENT_BYTES, PSH, SYN } from './segment'

const NOTHING = new Uint8Array(0)

export class TcpStream {
  private begun = false
  private lastWall = 0
  /** The next sequence number of the dialler and of the acceptor. */
  private readonly next: [number, number]

  constructor(
    private readonly blocks: PcapngBlocks,
    /** The dialler and the acceptor. */
    readonly ends: readonly [IpEndpoint, IpEndpoint],
    first: number,
  ) {
    // Made up, and different for every connection: ports are reused, and these tell the connections
    // apart.
    this.next = [Math.imul(first, 0x9e3779b1) >>> 0, Math.imul(first, 0x85ebca6b) >>> 0]
  }

  /** Writes the three segments that open a connection. `why`: what is known about its opening. */
  begin(wall: number, why: string): void {
    if (this.begun) return
    this.begun = true
    const comment = `Made up: ${why}`
    this.write('dialler', SYN, NOTHING, wall, comment)
    this.write('acceptor', SYN | ACK, NOTHING, wall, comment)
    this.write('dialler', ACK, NOTHING, wall, comment)
  }

  /** Writes a part of a message: one segment, or several if it exceeds MAX_SEGMENT_BYTES. */
  data(
    from: 'dialler' | 'acceptor',
    bytes: Uint8Array,
    wall: number,
    /** `part`: ", segment 1 of 2" if there are several. */
    comment: (part: string) => string,
  ): void {
    const count = Math.ceil(bytes.length / MAX_SEGMENT_BYTES)
    for (let index = 0; index < count; index++) {
      const at = index * MAX_SEGMENT_BYTES
      const part = bytes.subarray(at, at + MAX_SEGMENT_BYTES)
      const isLast = index === count - 1
      const which = count === 1 ? '' : `, segment ${index + 1} of ${count}`
      this.write(from, isLast ? PSH | ACK : ACK, part, wall, comment(which))
    }
  }

  /** Writes the three segments that close it. `lost`: what has not crossed it, for the first of them. */
  end(first: 'dialler' | 'acceptor', wall: number, lost: readonly string[] = []): void {
    if (!this.begun) return
    const second = first === 'dialler' ? 'acceptor' : 'dialler'
    const comment =
      'Made up: the connection was closed at this time. Who closed it first, and whether by FIN or by RST, is not recorded.'
    this.write(first, FIN | ACK, NOTHING, wall, [comment, ...lost].join('\n'))
    this.write(second, FIN | ACK, NOTHING, wall, comment)
    this.write(first, ACK, NOTHING, wall, comment)
  }

  private write(
    from: 'dialler' | 'acceptor',
    flags: number,
    payload: Uint8Array,
    wall: number,
    comment: string,
  ): void {
    const [mine, theirs] = from === 'dialler' ? ([0, 1] as const) : ([1, 0] as const)
    // Within a connection the file keeps the order of the bytes, so no time is earlier than the one
    // before.
    this.lastWall = Math.max(this.lastWall, wall)
    const packet = ipPacket({
      from: this.ends[mine],
      to: this.ends[theirs],
      sequence: this.next[mine],
      acknowledgement: flags & ACK ? this.next[theirs] : 0,
      flags,
      payload,
    })
    this.blocks.packet(packet, this.lastWall, comment)
    const isCounted = (flags & (SYN | FIN)) !== 0
    this.next[mine] = (this.next[mine] + payload.length + (isCounted ? 1 : 0)) >>> 0
  }
}
