// The sequence diagram: clients, proxy and servers as lifelines, time downwards, every packet an arrow. It shows an
// exchange, a selection, or live packets, and can be saved as a picture.
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { factsOf } from '../../../shared/filter/state-facts'
import { formatCount } from '../../../shared/format'
import type { Packet } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useFilter } from '../lab/filter'
import { useUndisclosed } from '../lab/undisclosed'
import { usePast } from '../past/past'
import { useShownMoment } from '../past/shown-moment'
import { nodeName } from '../ui/names'
import { schemeOf } from '../ui/theme/apply'
import { decisionLines, serverNode } from './decision-lines'
import { layOut } from './layout'
import { drawPicture } from './picture'
import { Sheet } from './Sheet'
import './sequence.css'
import { Toolbar } from './Toolbar'
import { type Drawn, useDiagramSource, useDrawn } from './use-drawn'
import { useFullFocus } from './use-full-focus'

import { answerWaits } from './waits'
import { labelOf, laterAttempts, noteSentence, sentenceOf } from './words'

/** The height of a line of text, in pixels; `--sequence-row` in the style sheet. */
const ROW = { usual: 18, full: 22, projector: 25 } as const

/** `full`: in place of the graph, with larger text. */
export function SequencePanel({ full = false }: { full?: boolean }) {
  const source = useDiagramSource((chosen) => chosen.source)
  const view = usePast((past) => past.view)
  /** One past the newest packet, while the reader has scrolled up in this view; otherwise the newest is followed. */
  const [frozen, setFrozen] = useState<{ view: typeof view; end: number }>()
  const frozenEnd = frozen?.view === view ? frozen.end : undefined
  const [size, setSize] = useState({ width: 0, height: 0 })
  const { drawn, state } = useDrawn(source === 'live' ? frozenEnd : undefined)
  const projector = useUi((ui) => ui.projector)
  const row = full ? (projector ? ROW.projector : ROW.full) : ROW.usual
  const frame = useFullFocus(full)
  const filter = useFilter((choice) => choice.filter)
  const { packets, since, dims } = drawn
  const waits = useMemo(() => answerWaits(packets, state), [packets, state])
  const isOpen = ({ status }: Packet) => status === 'flying'
  const now = useShownMoment(packets.some(isOpen) || waits.some(({ until }) => until === undefined))

  const follows = source === 'live' && frozenEnd === undefined
  const { width } = size
  // While following, lifelines are drawn near the proxy's; all of them are drawn when the reader scrolls back.
  const endInSight = follows ? size.height : undefined

  const { rows, nodes } = state
  const hidden = useUndisclosed()
  const decisions = useMemo(
    () =>
      decisionLines(packets, (server) => serverNode({ rows, nodes }, server)).map((line) =>
        hidden === 'all' || hidden === line.decision.policy
          ? { ...line, decision: { ...line.decision, next: null } }
          : line,
      ),
    [packets, rows, nodes, hidden],
  )
  const drawing = useMemo(
    () => ({ packets, decisions, waits, nodes: [...nodes.keys()], now, since, width, row }),
    [packets, decisions, waits, nodes, now, since, width, row],
  )
  const diagram = useMemo(() => layOut({ ...drawing, endInSight }), [drawing, endInSight])
  const waitOf = useMemo(() => new Map(waits.map((wait) => [wait.exchange, wait])), [waits])
  const attempts = useMemo(() => laterAttempts(packets), [packets])
  const nameOf = (node: string) => nodeName(state, node)
  const labelFor = (packet: Packet) => labelOf(packet, attempts.get(packet.id))
  const sentenceFor = (packet: Packet) => {
    const wait = waitOf.get(packet.exchange)
    const isPart = packet.id === wait?.ready.id || packet.id === wait?.sent
    return sentenceOf(packet, state, {
      attempt: attempts.get(packet.id),
      wait: isPart ? wait : undefined,
    })
  }
  const isDimmed = (packet: Packet) =>
    dims && filter !== undefined && !filter.matches(factsOf(packet, state))
  const picture = () =>
    drawPicture({
      diagram: layOut(drawing),
      title: drawn.title,
      scheme: schemeOf(useUi.getState().theme),
      nameOf,
      labelOf: labelFor,
      isDimmed,
    })
  const newer = frozenEnd === undefined || source !== 'live' ? 0 : state.packets.end - frozenEnd

  return (
    <section
      ref={frame}
      className={full ? 'sequence is-full' : 'sequence'}
      aria-label="Sequence diagram"
    >
      <Toolbar full={full} note={drawn.note} picture={packets.length > 0 ? picture : undefined} />
      {packets.length === 0 ? (
        <Nothing missing={drawn.missing} />
      ) : (
        <Sheet
          key={`${source} ${view}`}
          diagram={diagram}
          title={drawn.title}
          follows={follows}
          nameOf={nameOf}
          labelOf={labelFor}
          sentenceOf={sentenceFor}
          noteSentenceOf={noteSentence}
          isDimmed={isDimmed}
          onSize={setSize}
          onAtEnd={(atEnd) =>
            setFrozen(atEnd ? undefined : { view, end: frozenEnd ?? state.packets.end })
          }
        />
      )}
      {newer > 0 && (
        <button type="button" className="pill sequence-newer" onClick={() => setFrozen(undefined)}>
          <ArrowDown size={14} aria-hidden="true" />
          {formatCount(newer)} new
        </button>
      )}
    </section>
  )
}

const HINTS: Record<Exclude<Drawn['missing'], undefined>, ReactNode> = {
  nothingSelected: (
    <>
      <p>No packet is selected.</p>
      <p className="muted">
        Click a packet on the canvas or in the list, and the whole exchange that it belongs to is
        drawn here: asked, forwarded, answered.
      </p>
    </>
  ),
  nothingPicked: (
    <>
      <p>No packets are selected.</p>
      <p className="muted">
        Pick several in the list of packets, or type a filter there: <kbd>/</kbd> leads to it.
      </p>
    </>
  ),
  nothingSent: (
    <>
      <p>No packets yet.</p>
      <p className="muted">
        Every message becomes an arrow from its sender to its receiver: press <kbd>M</kbd> to send
        one, or <kbd>A</kbd> and every client sends its own.
      </p>
    </>
  ),
}

function Nothing({ missing }: { missing: Drawn['missing'] }) {
  return <div className="empty">{missing ? HINTS[missing] : <p>No packets match.</p>}</div>
}
