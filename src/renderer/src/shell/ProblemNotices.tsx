// Notices of unexpected problems: what happened, that the lab continues, and what can be done. They stay until
// dismissed.
import { CircleAlert } from 'lucide-react'
import { useLab } from '../lab/lab'
import { CopyDetails } from './CopyDetails'
import { DismissButton } from './DismissButton'
import { dismissProblem, type ShownProblem, useProblems } from './problems'

/** How many are shown, the first ones, since later problems usually follow from them. */
const MAX_SHOWN = 2

export function ProblemNotices() {
  const problems = useProblems((known) => known.problems)
  return problems
    .filter(({ dismissed }) => !dismissed)
    .slice(0, MAX_SHOWN)
    .map((problem) => <ProblemCard key={problem.key} problem={problem} />)
}

function ProblemCard({ problem }: { problem: ShownProblem }) {
  const { key, source, message, details, times } = problem
  // Without the process behind the page, a reload would fail.
  const connected = useLab((lab) => lab.connected)
  return (
    <div className="notice error" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div className="notice-body">
        <p className="problem-words">{message}</p>
        <div className="notice-actions">
          <CopyDetails details={details} />
          {source === 'window' && connected && (
            <button type="button" className="button" onClick={() => location.reload()}>
              Reload
            </button>
          )}
          {/* Announced once, with the rest: a running count would be announced without end. */}
          {times > 1 && <small aria-live="off">{times} times</small>}
        </div>
      </div>
      <DismissButton onDismiss={() => dismissProblem(key)} />
    </div>
  )
}
