// A packet's content: its fields beside its bytes, with marks in both, the reads that it took, and notes.
import { type ReactNode, useId, useMemo, useState } from 'react'
import { fieldIn, fieldRanges, MAX_MARKED_BYTES } from '../../../shared/diagnosis/field-ranges'
import { notesOn } from '../../../shared/diagnosis/message-notes'
import { isOutsideNode } from '../../../shared/filter/nodes'
import { formatBytes, formatTime } from '../../../shared/format'
import { type NodeId, PROXY } from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import type { Packet } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import { type Marking, markingOf, rangeOf } from '../ui/hex'
import { NoteList } from '../ui/NoteLine'
import { SegmentedControl } from '../ui/SegmentedControl'
import { FieldsView } from './FieldsView'
import { HexView } from './HexView'
import { type Read, readsOf } from './reads'
import { useAnsweredMessage } from './use-answered-message'

type Side = 'now' | 'sent'

const SIDES: Record<Side, string> = { now: 'As edited', sent: 'As sent' }

interface ContentProps {
  packet: Packet
  exchange: readonly Packet[]
}

export function Content({ packet, exchange }: ContentProps) {
  const [side, setSide] = useState<Side>('now')
  const bytes = side === 'sent' ? (packet.original ?? packet.bytes) : packet.bytes
  const answered = useAnsweredMessage(packet, exchange)
  const notes = useMemo(() => notesOn(bytes, answered), [bytes, answered])
  return (
    <>
      {packet.original && (
        <SegmentedControl<Side>
          legend="Which bytes are shown"
          options={SIDES}
          value={side}
          onChange={setSide}
        />
      )}
      {/* A mark is lost with another side, whose bytes differ. */}
      <FieldsAndBytes key={side} packet={packet} bytes={bytes} notes={<NoteList notes={notes} />} />
    </>
  )
}

interface FieldsAndBytesProps {
  packet: Packet
  bytes: Uint8Array
  notes: ReactNode
}

function FieldsAndBytes({ packet, bytes, notes }: FieldsAndBytesProps) {
  const [marked, setMarked] = useState<{ bytes: Uint8Array; marking: Marking }>()
  const statusId = useId()
  const ranges = fieldRanges(bytes)
  // An edit changes the bytes, to which an older mark does not apply.
  const marking = marked?.bytes === bytes ? marked.marking : undefined
  const field = marking && fieldIn(ranges, rangeOf(marking))
  const name = field === undefined ? undefined : ranges[field]?.name
  const mark = (next: Marking | undefined) => setMarked(next && { bytes, marking: next })
  const reading = readBytes(bytes)
  const swappedAt = useLab(({ state: { foreign } }) =>
    foreign?.kind === 'check' ? undefined : foreign?.since,
  )
  const isTheirProxy = swappedAt !== undefined && packet.sentAt >= swappedAt
  const isOutside = (node: NodeId) => isOutsideNode(node) || (isTheirProxy && node === PROXY)
  const { title, remark, reads } = readsOf(packet, isOutside)
  const readBytesShown = isOutside(packet.from) ? (packet.original ?? packet.bytes) : packet.bytes
  const shownReads = bytes === readBytesShown ? reads : []
  const cuts = new Set(shownReads.slice(1).map(({ range }) => range.from))
  return (
    <>
      <section>
        {reading.kind !== 'unreadable' && (
          <FieldsView
            kind={packet.kind}
            fields={reading.fields}
            ranges={ranges}
            marked={name}
            onMark={(value) => mark(markingOf(value))}
          />
        )}
        {notes}
      </section>
      <section>
        <h3>{title}</h3>
        <HexView bytes={bytes} marking={marking} cuts={cuts} describedBy={statusId} onMark={mark} />
        <p id={statusId} className="hex-status" role="status">
          {marking
            ? markWords(marking, name)
            : bytes.length > MAX_MARKED_BYTES && reading.kind !== 'unreadable'
              ? `Fields of more than ${formatBytes(MAX_MARKED_BYTES)} are not marked in the bytes.`
              : ''}
        </p>
        {remark !== undefined && <p className="muted">{remark}</p>}
        {cuts.size > 0 || shownReads.some(({ text }) => text.includes(' of a read ')) ? (
          <Pieces reads={shownReads} onMark={(read) => mark(markingOf(read.range))} />
        ) : null}
      </section>
    </>
  )
}

function markWords(marking: Marking, name: string | undefined): string {
  const { from, to } = rangeOf(marking)
  const where = to - from === 1 ? `Byte ${from}` : `Bytes ${from} to ${to - 1}`
  return name === undefined ? where : `${where}: ${name}`
}

const MOST_PIECES = 12

function Pieces({ reads, onMark }: { reads: readonly Read[]; onMark(read: Read): void }) {
  const [all, setAll] = useState(false)
  const shown = all ? reads : reads.slice(0, MOST_PIECES)
  return (
    <>
      <ol className="pieces" aria-label="Reads">
        {shown.map((read) => (
          <li key={read.range.from}>
            <button type="button" onClick={() => onMark(read)}>
              <span>{read.text}</span>
              <small>{formatTime(read.at)}</small>
            </button>
          </li>
        ))}
      </ol>
      {reads.length > MOST_PIECES && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${reads.length} pieces`}
        </button>
      )}
    </>
  )
}
