// The columns of the packet list, declared once: headings, widths, orders, and cells.
import { Check, Hand, Loader, Plug, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SortKey } from '../../../shared/filter/order'
import { formatBytes, formatCount, formatTime } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import { attemptOf } from '../../../shared/state/decisions'
import { type PacketSource, questionOf } from '../../../shared/state/message-now'
import type { Packet, State } from '../../../shared/state/state'
import type { PacketColumn } from '../choices/preferences'
import { AttemptMark } from '../ui/AttemptMark'
import { Id, Name } from '../ui/Id'
import { KIND_NAMES, listName } from '../ui/names'
import { policyVariable, textShade } from '../ui/theme/policy'
import { statusOf, summaryOf } from './summary'
import { type Ending, linkTime, roundTripTime, type Time } from './times'

/** The source of a row's cells. */
export type RowSource = PacketSource & Pick<State, 'nodes' | 'slots'>

export interface ListColumn {
  title: string
  /** The least width in em, also in a narrow list. `share`: the share of the remaining width that is added. */
  width: number
  narrow: number
  share?: number
  /** The key that a click on the heading sorts by, and whether the first click puts the greatest on top. */
  sort?: SortKey
  greatestFirst?: boolean
  /** The cell's text, which is also what is copied. */
  text(source: RowSource, packet: Packet): string
  /** The cell, if it shows more than the text. */
  cell?(source: RowSource, packet: Packet): ReactNode
  className?: string
}

export const COLUMNS: Record<PacketColumn, ListColumn> = {
  number: {
    title: '#',
    width: 5.4,
    narrow: 4.6,
    sort: 'id',
    greatestFirst: true,
    className: 'number',
    text: (_, { id }) => String(id),
    cell: (_, { id }) => formatCount(id),
  },
  time: {
    title: 'Time',
    width: 6.5,
    narrow: 5.7,
    sort: 'id',
    greatestFirst: true,
    className: 'number',
    text: (_, { sentAt }) => formatTime(sentAt),
  },
  type: {
    title: 'Type',
    width: 8,
    narrow: 7.4,
    sort: 'type',
    text: (source, packet) => {
      const attempt = attemptOf(packet, questionOf(packet, source))
      const name = KIND_NAMES[packet.kind]
      return attempt > 1 ? `${name}, attempt ${attempt}` : name
    },
    cell: (source, packet) => {
      const attempt = attemptOf(packet, questionOf(packet, source))
      return (
        <>
          {KIND_NAMES[packet.kind]}
          {attempt > 1 && <AttemptMark attempt={attempt} />}
        </>
      )
    },
  },
  from: {
    title: 'From',
    width: 8.5,
    narrow: 6.6,
    share: 1,
    sort: 'from',
    text: (source, { from }) => nodeText(source, from),
    cell: (source, { from }) => <NodeCell source={source} id={from} />,
  },
  to: {
    title: 'To',
    width: 8.5,
    narrow: 6.6,
    share: 1,
    sort: 'to',
    text: (source, { to }) => nodeText(source, to),
    cell: (source, { to }) => <NodeCell source={source} id={to} />,
  },
  policy: {
    title: 'Policy',
    width: 5,
    narrow: 3.9,
    share: 0.6,
    sort: 'policy',
    text: (source, packet) => summaryOf(source, packet).policy ?? '',
    cell: (source, packet) => {
      const { policy } = summaryOf(source, packet)
      return (
        <span style={{ color: textShade(policyVariable(source, policy)) }}>
          {policy !== undefined && <Id text={policy} />}
        </span>
      )
    },
  },
  payload: {
    title: 'Payload',
    width: 11,
    narrow: 5,
    share: 2.2,
    text: (source, packet) => summaryOf(source, packet).payload,
  },
  size: {
    title: 'Size',
    width: 6,
    narrow: 5.2,
    sort: 'size',
    greatestFirst: true,
    className: 'number',
    text: (_, { bytes }) => String(bytes.length),
    cell: (_, { bytes }) => formatBytes(bytes.length),
  },
  link: {
    title: 'Link',
    width: 7.5,
    narrow: 6.2,
    sort: 'link',
    greatestFirst: true,
    text: (_, packet) => linkTime(packet).text,
    cell: (_, packet) => <TimeCell time={linkTime(packet)} />,
  },
  roundTrip: {
    title: 'Round trip',
    width: 11.4,
    narrow: 8.9,
    share: 0.5,
    sort: 'roundTrip',
    greatestFirst: true,
    text: (source, packet) => roundTripTime(source, packet)?.text ?? '',
    cell: (source, packet) => {
      const time = roundTripTime(source, packet)
      return time && <TimeCell time={time} />
    },
  },
  exchange: {
    title: 'Exchange',
    width: 6,
    narrow: 5.4,
    className: 'number',
    text: (_, { exchange }) => (exchange === 0 ? '' : String(exchange)),
    cell: (_, { exchange }) => (exchange === 0 ? '' : formatCount(exchange)),
  },
  connection: {
    title: 'Connection',
    width: 6.6,
    narrow: 6.2,
    className: 'number',
    text: (_, { connection }) => String(connection),
    cell: (_, { connection }) => formatCount(connection),
  },
  status: {
    title: 'Status',
    width: 9,
    narrow: 7,
    share: 0.4,
    sort: 'status',
    text: (_, packet) => statusOf(packet),
  },
}

/** The width of the mark of a packet's kind and of the padding at the ends of a row. */
const ICON_PX = 30
const PADDING_PX = 28

/** The tracks of a row's grid and its least width, in a list of usual width and in a narrow one. */
export function columnStyle(columns: readonly PacketColumn[]): Record<`--${string}`, string> {
  return {
    '--columns': tracksOf(columns, 'width'),
    '--least': leastWidth(columns, 'width'),
    '--columns-narrow': tracksOf(columns, 'narrow'),
    '--least-narrow': leastWidth(columns, 'narrow'),
  }
}

function tracksOf(columns: readonly PacketColumn[], least: 'width' | 'narrow'): string {
  const tracks = columns.map((name) => {
    const { share, [least]: width } = COLUMNS[name]
    return share === undefined ? `${width}em` : `minmax(${width}em, ${share}fr)`
  })
  return [`${ICON_PX}px`, ...tracks].join(' ')
}

function leastWidth(columns: readonly PacketColumn[], least: 'width' | 'narrow'): string {
  const ems = columns.reduce((sum, name) => sum + COLUMNS[name][least], 0)
  return `calc(${ems.toFixed(1)}em + ${ICON_PX + PADDING_PX}px)`
}

function nodeText(source: RowSource, id: NodeId): string {
  const { name, outside } = listName(source, id)
  return outside ? `outside ${name}` : name
}

/** Puts the mark after the name, where it is visible whatever the name's length. */
function NodeCell({ source, id }: { source: RowSource; id: NodeId }) {
  const { name, outside } = listName(source, id)
  if (!outside) return <Name text={name} />
  return (
    <span className="outside-name">
      <span>
        <Name text={name} />
      </span>
      <Plug size={12} role="img" aria-label="outside" />
    </span>
  )
}

function TimeCell({ time: { ending, text, hint } }: { time: Time }) {
  return (
    <span className={`packet-time ${ending}`} title={hint}>
      {text}
      <EndingMark ending={ending} />
    </span>
  )
}

/** Distinct by shape and word, not only by colour. */
function EndingMark({ ending }: { ending: Ending }) {
  switch (ending) {
    case 'correct':
      return <Check size={14} role="img" aria-label="correct" />
    case 'wrong':
      return (
        <>
          <TriangleAlert size={14} aria-hidden="true" /> wrong
          <span className="wrong-what"> hash</span>
        </>
      )
    case 'error':
      return (
        <>
          <X size={14} aria-hidden="true" /> error
        </>
      )
    case 'lost':
      return <X size={14} aria-hidden="true" />
    case 'held':
      return <Hand size={13} aria-hidden="true" />
    case 'flying':
      return <Loader size={13} aria-hidden="true" />
    case 'arrived':
    case 'unknown':
      return null
  }
}
