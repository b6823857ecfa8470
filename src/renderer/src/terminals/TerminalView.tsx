// One terminal: its last lines, the newest at the bottom. It follows them unless the reader has scrolled up.
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatTime } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import type { NodeState, State } from '../../../shared/state/state'
import { describeLine, type TerminalLine, terminalOf } from '../../../shared/state/terminal'
import { usePaced } from '../lab/paced'
import { nameOfNode } from '../ui/names'

const packetsOf = (state: State) => state.packets
const logsOf = (state: State) => state.logs

/** How many of the last lines are drawn, more than fit. */
/** Pixels, as in terminals.css. */
const LINE_HEIGHT = 20
const LINES_IN_VIEW = 150

interface TerminalViewProps {
  id: NodeId
  /** Shown beside another terminal, if there is space. */
  beside?: boolean
}

export function TerminalView({ id, beside = false }: TerminalViewProps) {
  const node = usePaced(useCallback((state: State) => state.nodes.get(id), [id]))
  const packets = usePaced(packetsOf)
  const logs = usePaced(logsOf)
  const { lines, cut } = useMemo(() => terminalOf({ packets, logs }, id), [packets, logs, id])
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  // While following, only the last lines are drawn; those above them are drawn when the reader scrolls up.
  const first = following ? Math.max(0, lines.length - LINES_IN_VIEW) : 0

  useLayoutEffect(() => {
    const element = scroller.current
    if (following && element) element.scrollTop = element.scrollHeight
  }, [lines, following])

  if (!node) return null
  return (
    <section
      className={beside ? 'terminal beside' : 'terminal'}
      aria-label={`Terminal of ${nameOfNode(node)}`}
    >
      <h2>
        {nameOfNode(node)}
        {cut && <small> the last {lines.length} lines</small>}
      </h2>
      {lines.length === 0 && <p className="muted terminal-empty">It has printed nothing yet.</p>}
      <div
        ref={scroller}
        className="terminal-lines"
        role="log"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          const { scrollHeight, scrollTop, clientHeight } = currentTarget
          setFollowing(scrollHeight - scrollTop - clientHeight < LINE_HEIGHT)
        }}
      >
        <div style={{ height: first * LINE_HEIGHT }} />
        {lines.slice(first).map((line) => (
          <div key={line.key} className={`terminal-line ${levelOf(line)}`}>
            <LineText line={line} node={node} />
          </div>
        ))}
      </div>
    </section>
  )
}

function LineText({ line, node }: { line: TerminalLine; node: NodeState }) {
  return (
    <>
      <time>{formatTime(line.at)}</time>
      <span>{describeLine(line, node).trimEnd()}</span>
    </>
  )
}

function levelOf(line: TerminalLine): 'info' | 'warning' | 'error' | 'good' {
  switch (line.kind) {
    case 'log':
      return line.level
    case 'lost':
      return 'error'
    case 'sent':
    case 'received':
      return line.packet.kind === 'error' ? 'error' : 'info'
    case 'verified':
      return line.verdict === 'correct' ? 'good' : 'error'
  }
}
