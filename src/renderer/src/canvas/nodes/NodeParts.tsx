// Pieces that several kinds of nodes share.
import { Plug } from 'lucide-react'
import { Handle, Position } from 'reactflow'
import { counted, formatCount } from '../../text/format'
import { nameElementId } from '../flow'

/** The node's accessible name: React Flow's wrapper is labelled by it, and it changes with the node alone. */
export function AccessibleName({ id, children }: { id: string; children: string }) {
  return (
    <span id={nameElementId(id)} className="canvas-hidden">
      {children}
    </span>
  )
}

/** Marks a program that joined over a socket. */
export function OutsideBadge() {
  return (
    <span className="node-outside">
      <Plug size={11} aria-hidden="true" />
      outside
    </span>
  )
}

export function InFlight({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="node-in-flight" title={`${counted(count, 'packet')} in flight`}>
      {formatCount(count)}
    </span>
  )
}

/** React Flow draws an edge between handles only. Where a link really begins is the scene's to say; nobody sees this. */
export function LinkHandle({ type = 'source' }: { type?: 'source' | 'target' }) {
  return (
    <Handle className="link-handle" type={type} position={Position.Right} isConnectable={false} />
  )
}
