// On the upper edge of an inside server's card: how many messages it works on, or that a person does, and how many wait in its
// own queue.
import { Cog, Hand, Hourglass } from 'lucide-react'
import { answersByHand } from '../../../../shared/by-hand'
import { counted, formatCount } from '../../../../shared/format'
import type { NodeState } from '../../../../shared/state/state'
import { Figure } from './NodeParts'
import './work-mark.css'

type Busy = Pick<NodeState, 'work' | 'working' | 'waiting'>

export function WorkMark({ node }: { node: Busy }) {
  const words = workWords(node)
  if (words === undefined) return null
  const { working = 0, waiting = 0 } = node
  return (
    <span className="work-mark" aria-hidden="true" title={words}>
      {answersByHand(node) ? <Hand size={11} /> : <Cog size={11} />}
      <Figure text={working === 0 ? 'by hand' : formatCount(working)} />
      {waiting > 0 && (
        <>
          <Hourglass size={11} />
          <Figure text={formatCount(waiting)} />
        </>
      )}
    </span>
  )
}

/** `works on 2, 5 waiting in it`; undefined while it has nothing to do, unless a person would do it. */
export function workWords(node: Busy): string | undefined {
  const { working = 0, waiting = 0 } = node
  const works = answersByHand(node) ? handWords(working) : machineWords(working)
  return waiting === 0 ? works : `${works}, ${formatCount(waiting)} waiting in it`
}

function machineWords(working: number): string | undefined {
  return working === 0 ? undefined : `works on ${formatCount(working)}`
}

function handWords(working: number): string {
  const words = 'answers by hand'
  return working === 0 ? words : `${words}, ${counted(working, 'message')} to answer`
}
