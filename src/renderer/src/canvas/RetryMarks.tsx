// The number of the attempt beside each packet of a further attempt that is in flight.
import { ViewportPortal } from 'reactflow'
import { usePaced } from '../lab/paced'
import { AttemptMark } from '../ui/AttemptMark'
import { PacketMark } from './PacketMark'
import { retriesInFlight } from './retries-in-flight'
import './retry-marks.css'

export function RetryMarks() {
  const marks = usePaced(retriesInFlight)
  if (marks === '') return null
  return (
    <ViewportPortal>
      {marks.split(' ').map((mark) => (
        <Mark key={mark} mark={mark} />
      ))}
    </ViewportPortal>
  )
}

function Mark({ mark }: { mark: string }) {
  const [id = 0, attempt = 1] = mark.split(':').map(Number)
  return (
    <PacketMark id={id} className="retry-mark">
      <AttemptMark attempt={attempt} />
    </PacketMark>
  )
}
