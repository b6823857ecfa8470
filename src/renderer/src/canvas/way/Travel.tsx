// What the canvas shows about the selected packet: its exchange's way, a packet that is followed, or a way once more.
import { useEffect } from 'react'
import { useTravel } from '../../choices/travel'
import { useUi } from '../../choices/ui'
import type { GraphLayout } from '../graph-layout'
import { Follower } from './Follower'
import { Ghost } from './Ghost'
import { LitWay } from './LitWay'
import './way.css'

export function Travel({ layout }: { layout: GraphLayout }) {
  const selected = useUi(({ selection }) =>
    selection?.kind === 'packet' ? selection.id : undefined,
  )
  const travel = useTravel((choice) => choice.travel)
  // What is shown belongs to the selected packet.
  useEffect(() => {
    if (travel && travel.packet !== selected) useTravel.getState().stop()
  }, [travel, selected])
  return (
    <>
      {selected !== undefined && <LitWay packet={selected} />}
      {travel?.kind === 'follow' && (
        <Follower key={travel.run} packet={travel.packet} layout={layout} />
      )}
      {travel?.kind === 'again' && (
        <Ghost key={travel.run} packet={travel.packet} layout={layout} />
      )}
    </>
  )
}
