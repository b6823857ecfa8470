// The heads of a diagram's lifelines, which stay at the top while it scrolls, and the heading of its times.
import type { NodeId } from '../../../shared/ids'
import type { Diagram } from './layout'
import { headOf, lettersIn } from './words'

const HEAD_ROWS = 2

export function headHeightOf(row: number): number {
  return HEAD_ROWS * row
}

export function Heads({ diagram, nameOf }: { diagram: Diagram; nameOf: (node: NodeId) => string }) {
  const { width, gutter, row, timeHeading, lifelines } = diagram
  return (
    <div className="sequence-heads" style={{ width, height: headHeightOf(row) }}>
      <span className="sequence-corner" style={{ width: gutter }}>
        {timeHeading}
      </span>
      {lifelines.map(({ node, x, width: lane }) => {
        const { role, name } = headOf(nameOf(node), lettersIn(lane, row))
        return (
          <span
            key={node}
            className="sequence-head"
            title={nameOf(node)}
            style={{ left: x - lane / 2, width: lane }}
          >
            {role && <small>{role} </small>}
            <b>{name}</b>
          </span>
        )
      })}
    </div>
  )
}
