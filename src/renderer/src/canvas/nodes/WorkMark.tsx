// On the upper edge of an inside server's card: how many messages it works on, and how many wait in its own queue.
import { Cog, Hourglass } from 'lucide-react'
import { formatCount } from '../../../../shared/format'
import type { NodeState } from '../../../../shared/state/state'
import { Figure } from './NodeParts'
import './work-mark.css'

type Busy = Pick<NodeState, 'working' | 'waiting'>

export function WorkMark({ node }: { node: Busy }) {
  const words = workWords(node)
  if (words === undefined) return null
  const { working = 0, waiting = 0 } = node
  return (
    <span className="work-mark" aria-hidden="true" title={words}>
      <Cog size={11} />
      <Figure text={formatCount(working)} />
      {waiting > 0 && (
        <>
          <Hourglass size={11} />
          <Figure text={formatCount(waiting)} />
        </>
      )}
    </span>
  )
}

/** `works on 2, 5 waiting in it`; undefined while it has nothing to do. */
export function workWords({ working = 0, waiting = 0 }: Busy): string | undefined {
  if (working === 0) return undefined
  const works = `works on ${formatCount(working)}`
  return waiting === 0 ? works : `${works}, ${formatCount(waiting)} waiting in it`
}
