// A compared lab in small, at the shown moment: clients, the proxy, servers, and the packets between them.
import { memo } from 'react'
import type { ComparedLab } from '../../../shared/compare/comparison'
import { LabSwatch } from './LabSwatch'
import { clientsIn, labAt } from './picture'

const WIDTH = 800
const ROW = 34
const PROXY_X = 300
const PROXY_RADIUS = 24
const SERVER_X = 500
const CLIENT_X = 90
/** More nodes than this share the last row. */
const MOST_ROWS = 6
/** This many messages fill a bar. */
const BAR_MESSAGES = 12
const BAR_WIDTH = 120

interface LabPictureProps {
  lab: ComparedLab
  index: number
  atMs: number
}

export const LabPicture = memo(function LabPicture({ lab, index, atMs }: LabPictureProps) {
  const { moving, at, given, waiting } = labAt(lab, atMs)
  const servers = lab.servers.map(({ id }) => `server:${id}`)
  const clients = clientsIn(lab)
  const rows = Math.max(2, Math.min(MOST_ROWS, Math.max(servers.length, clients.length)))
  const height = rows * ROW + 16
  const y = (place: number, of: number) =>
    8 + ((Math.min(place, MOST_ROWS - 1) + 0.5) * rows * ROW) / Math.max(1, Math.min(of, MOST_ROWS))
  const proxyY = height / 2
  const placeOf = (node: string): [number, number] => {
    const server = servers.indexOf(node)
    if (server !== -1) return [SERVER_X, y(server, servers.length)]
    const client = clients.indexOf(node)
    return client === -1 ? [PROXY_X, proxyY] : [CLIENT_X, y(client, clients.length)]
  }
  /** Where a link to another node begins: at the proxy's rim, so that no packet covers its name. */
  const edgeOf = (node: string, other: string): [number, number] => {
    const [x, nodeY] = placeOf(node)
    if (x !== PROXY_X) return [x, nodeY]
    const [otherX, otherY] = placeOf(other)
    const part = PROXY_RADIUS / Math.hypot(otherX - x, otherY - nodeY)
    return [x + (otherX - x) * part, nodeY + (otherY - nodeY) * part]
  }
  const givenIn = (policy: string | undefined) =>
    servers.reduce(
      (sum, node, place) =>
        lab.servers[place]?.policy === policy ? sum + (given.get(node) ?? 0) : sum,
      0,
    )
  return (
    <figure className="lab-picture" data-lab={index}>
      <figcaption>
        <LabSwatch lab={index} /> {lab.name}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={`The lab “${lab.name}”`}>
        {[...clients.slice(0, MOST_ROWS), ...servers.slice(0, MOST_ROWS)].map((node) => {
          const [x, nodeY] = placeOf(node)
          return <line key={node} className="lab-link" x1={x} y1={nodeY} x2={PROXY_X} y2={proxyY} />
        })}
        {clients.slice(0, MOST_ROWS).map((node, place) => (
          <g key={node}>
            <rect
              className="lab-node"
              x={10}
              y={placeOf(node)[1] - 12}
              width={CLIENT_X - 10}
              height={24}
              rx={5}
            />
            <text x={(CLIENT_X + 10) / 2} y={placeOf(node)[1] + 4} textAnchor="middle">
              {namesOf(clients, place)}
            </text>
          </g>
        ))}
        {servers.slice(0, MOST_ROWS).map((node, place) => {
          const [x, nodeY] = placeOf(node)
          const busy = at.get(node) ?? 0
          const total = givenIn(lab.servers[place]?.policy)
          const share = total === 0 ? 0 : (given.get(node) ?? 0) / total
          const label = lab.servers[place]?.label
          return (
            <g key={node}>
              <rect className="lab-node" x={x} y={nodeY - 12} width={84} height={24} rx={5} />
              <text x={x + 42} y={nodeY + 4} textAnchor="middle">
                {shortened(label ?? namesOf(servers, place))}
              </text>
              <rect
                className="lab-bar-ground"
                x={x + 92}
                y={nodeY - 5}
                width={BAR_WIDTH}
                height={10}
                rx={2}
              />
              <rect
                className="lab-bar"
                x={x + 92}
                y={nodeY - 5}
                width={Math.min(1, busy / BAR_MESSAGES) * BAR_WIDTH}
                height={10}
                rx={2}
              />
              <text className="figure" x={WIDTH - 4} y={nodeY + 4} textAnchor="end">
                {busy} · {Math.round(100 * share)} %
              </text>
            </g>
          )
        })}
        <circle className="lab-node" cx={PROXY_X} cy={proxyY} r={PROXY_RADIUS} />
        <text x={PROXY_X} y={proxyY + 4} textAnchor="middle">
          {waiting > 0 ? waiting : 'proxy'}
        </text>
        {moving.map(({ from, to, part, isAnswer }, place) => {
          const [x1, y1] = edgeOf(from, to)
          const [x2, y2] = edgeOf(to, from)
          const [x, packetY] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part]
          return isAnswer ? (
            <path
              key={place}
              className="lab-answer"
              d="M7 0 -4.5 6V-6Z"
              transform={`translate(${x} ${packetY}) rotate(${heading(x2 - x1, y2 - y1)})`}
            />
          ) : (
            <circle key={place} className="lab-question" cx={x} cy={packetY} r={5} />
          )
        })}
      </svg>
    </figure>
  )
})

/** In degrees: an answer points along its way, as on the graph. */
function heading(dx: number, dy: number): number {
  return (Math.atan2(dy, dx) * 180) / Math.PI
}

/** The node's id; for the last row, the number of nodes that share it. */
function namesOf(nodes: readonly string[], place: number): string {
  const left = nodes.length - MOST_ROWS
  if (place === MOST_ROWS - 1 && left > 0) return `${left + 1} more`
  const node = nodes[place] ?? ''
  return node.slice(node.lastIndexOf(':') + 1)
}

function shortened(text: string): string {
  return text.length > 11 ? `${text.slice(0, 10)}…` : text
}
