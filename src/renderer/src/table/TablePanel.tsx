// The switching table: the homework's columns, and what the proxy has learnt since.
import { ArrowRight, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { ForeignState } from '../../../shared/foreign-proxy'
import { formatCount } from '../../../shared/format'
import { type Clash, clashesOf } from '../../../shared/state/clashes'
import { detailsOf, isInUse, standingsOf } from '../../../shared/state/standing'
import type { NodeState, RowState } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useTurns } from '../decisions'
import { usePacedState } from '../lab/paced'
import { gridKeys } from '../ui/grid-keys'
import { Id } from '../ui/Id'
import { inSentence } from '../ui/names'
import { StandingWords } from '../ui/StandingWords'
import { policySwatch, policyVariable, textShade } from '../ui/theme/policy'
import '../ui/clash.css'

const PAGE = 10

export function TablePanel() {
  const state = usePacedState()
  // The same turns as on the roundabout.
  const next = useTurns((turns) => turns.state.next)
  const selection = useUi((ui) => ui.selection)
  const rows = [...state.rows.values()]
  const selectedNode = selection?.kind === 'node' ? selection.id : undefined
  const selectedRow = rows.findIndex((row) => row.node === selectedNode)

  if (rows.length === 0) return <NoServers port={state.proxy?.port} />

  function select(index: number) {
    const row = rows[index]
    if (!row) return
    useUi.getState().select({ kind: 'node', id: row.node })
    document.getElementById(rowId(index))?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <div className="grid-scroller">
      {state.foreign && <p className="table-note">{tableWords(state.foreign)}</p>}
      <table
        className="switching-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be selected
        role="grid"
        aria-label="Message switching table"
        aria-activedescendant={selectedRow < 0 ? undefined : rowId(selectedRow)}
        tabIndex={0}
        onKeyDown={gridKeys({
          count: rows.length,
          current: selectedRow,
          page: PAGE,
          onMove: select,
        })}
      >
        <thead>
          <tr>
            <th scope="col">Server id</th>
            <th scope="col">Privacy policy</th>
            <th scope="col" className="number">
              Listen port
            </th>
            <th scope="col">IP address</th>
            <th scope="col" className="number">
              Served
            </th>
            <th scope="col" className="number">
              Failed
            </th>
            <th scope="col" className="number">
              In flight
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <ServerRow
              key={row.server}
              id={rowId(index)}
              row={row}
              colour={policyVariable(state, row.policy)}
              swatch={policySwatch(state, row.policy)}
              label={state.nodes.get(row.node)?.label ?? ''}
              node={state.nodes.get(row.node)}
              isUsed={isInUse(state, row)}
              clashes={clashesOf(state, row.node)}
              next={next.get(row.policy) === row.server}
              selected={row.node === selectedNode}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function tableWords({ name, kind }: ForeignState): string {
  if (kind === 'check') return 'What your program has registered with the check’s proxy.'
  return kind === 'checked'
    ? `What the check’s servers have registered. What ${inSentence(name)} has in its table is not known.`
    : `The table of Roundabout’s own proxy, as it left it. ${name} has its place; what that one knows is not seen.`
}

interface ServerRowProps {
  id: string
  row: RowState
  colour: string
  swatch: string
  label: string
  node: NodeState | undefined
  /** Whether it is a backup in use. */
  isUsed: boolean
  clashes: readonly Clash[]
  next: boolean
  selected: boolean
}

const ServerRow = memo(function ServerRow({
  id,
  row,
  colour,
  swatch,
  label,
  node,
  isUsed,
  clashes,
  next,
  selected,
}: ServerRowProps) {
  const standings = standingsOf(row, node, isUsed)
  return (
    <tr
      id={id}
      aria-selected={selected}
      onClick={() => useUi.getState().select({ kind: 'node', id: row.node })}
    >
      <td>
        <span className="swatch" style={{ background: swatch }} />
        <Id text={row.server} />
        {label !== '' && <small> {label}</small>}
        <ClashMark clash={clashes.find(({ mark }) => mark === 'shared id')} />
      </td>
      <td style={{ color: textShade(colour) }}>
        <Id text={row.policy} />
      </td>
      <td className="number">
        <ClashMark clash={clashes.find(({ mark }) => mark === 'shared port')} />
        {row.listenPort}
      </td>
      <td>{row.address}</td>
      <td className="number">{formatCount(row.served)}</td>
      <td className={row.failed > 0 ? 'number bad' : 'number'}>{formatCount(row.failed)}</td>
      <td className="number">{formatCount(node?.inFlight ?? 0)}</td>
      <td>
        <span title={detailsOf(standings, row, node) || undefined}>
          <StandingWords standings={standings} />
        </span>
        {next && (
          <span className="next" style={{ color: textShade(colour) }}>
            <ArrowRight size={14} aria-hidden="true" /> next in turn
          </span>
        )}
      </td>
    </tr>
  )
})

function ClashMark({ clash }: { clash: Clash | undefined }) {
  if (clash === undefined) return null
  return (
    <span className="clash" title={clash.details}>
      <TriangleAlert size={13} aria-hidden="true" /> {clash.mark}
    </span>
  )
}

/** The key is the index, since a server's own id may be any text. */
function rowId(index: number): string {
  return `table-row-${index}`
}

function NoServers({ port }: { port: number | undefined }) {
  return (
    <div className="empty">
      <p>No server has registered.</p>
      <p className="muted">
        A server joins by sending a message of type 1 to the proxy{port ? ` on port ${port}` : ''}.
        Press <kbd>S</kbd> to add one.
      </p>
    </div>
  )
}
