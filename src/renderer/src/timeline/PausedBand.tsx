// Says above the canvas why a paused lab waits: for an operator who looks back, or with messages that have not left.
import { Pause } from 'lucide-react'
import { waitingMessages } from '../../../shared/state/waiting-messages'
import { useLab } from '../lab/lab'
import { useLine } from '../line/line'
import { usePast } from '../past/past'
import { pausedWords } from './words'

/** `always`: also where its person has just paused it, since nothing else says so; in fewer words. */
export function PausedBand({ always = false }: { always?: boolean }) {
  const isNow = usePast(({ view }) => view === 'now')
  const paused = useLab(({ live }) => live.clock.paused)
  const lookingBack = useLab(({ live }) => live.clock.lookingBack === true)
  const role = useLine((line) => line.role)
  const waiting = useLab(({ live }) => waitingMessages(live))
  const words = pausedWords({ lookingBack, role, waiting, short: always })
  if (!isNow || !paused || (words === undefined && !always)) return null
  return (
    <section className="paused-band" aria-label="Paused" role="status">
      <Pause size={16} fill="currentColor" aria-hidden="true" />
      <p>
        <strong>Paused</strong>
        {words !== undefined && <span>{words}</span>}
      </p>
    </section>
  )
}
