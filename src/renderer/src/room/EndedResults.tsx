// What remains of a class that is over: its results, until another class begins.
import { counted } from '../../../shared/format'
import { askRoom, useRoom } from './room-state'

export function EndedResults() {
  const questions = useRoom((room) => room.endedQuestions)
  if (questions === 0) return null
  return (
    <p className="room-ended">
      The class before was asked {counted(questions, 'question')}. Another class takes the place of
      its results.{' '}
      <button type="button" className="button" onClick={() => askRoom({ kind: 'results' })}>
        Save its results (CSV)
      </button>
    </p>
  )
}
