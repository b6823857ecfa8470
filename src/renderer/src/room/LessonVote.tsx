// In the column of a lesson, below its question: what the class does with it.
import { useEffect, useRef } from 'react'
import { ConductView } from './ConductView'
import { useRoom } from './room-state'
import './room.css'
import './vote.css'

export function LessonVote() {
  const open = useRoom((room) => room.open)
  const error = useRoom((room) => room.error)
  const section = useRef<HTMLElement>(null)
  const round = open?.vote?.round ?? 1
  // The button that began another round is gone.
  useEffect(() => {
    if (round > 1 && document.activeElement === document.body) section.current?.focus()
  }, [round])
  if (open?.vote?.about !== 'lesson') return null
  const { vote, viewers } = open
  return (
    <section ref={section} tabIndex={-1} className="vote-lesson" aria-label="The class’s answers">
      <ConductView key={`${vote.id} ${vote.round}`} vote={vote} viewers={viewers} />
      {error !== '' && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}
