// Events of a recording that are found in another order than the one in which they happen: here they get their times, their
// numbers, and those of their packets.
import type { EventBody, LabEvent } from '../../events'
import type { PacketId, SimMs } from '../../ids'

/** A packet that gets its number when it is sent. */
export interface Numbered {
  number: PacketId
}

interface Entry {
  readonly at: SimMs
  readonly realMs: number
  readonly body: () => EventBody
}

export class Script {
  private readonly entries: Entry[] = []

  /** `body` is called after those of all earlier events. `realMs`: since the program was started. */
  add(at: SimMs, realMs: number, body: () => EventBody): void {
    this.entries.push({ at, realMs, body })
  }

  /** Numbers the packet, whose event of sending this is. */
  addSent(
    at: SimMs,
    realMs: number,
    packet: Numbered,
    body: (packet: PacketId) => EventBody,
  ): void {
    this.add(at, realMs, () => {
      this.packets += 1
      packet.number = this.packets
      return body(packet.number)
    })
  }

  private packets = 0

  /** In order, events of one moment as they were added. `realMs`: of each, since the program was started. */
  play(): { events: LabEvent[]; realMs: number[] } {
    const sorted = this.entries
      .map((entry, place) => ({ ...entry, place }))
      .sort((one, other) => one.at - other.at || one.place - other.place)
    return {
      events: sorted.map(({ at, body }, index) => ({ seq: index + 1, at, ...body() })),
      realMs: sorted.map(({ realMs }) => realMs),
    }
  }
}
