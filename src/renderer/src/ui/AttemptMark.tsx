// Marks what belongs to a further attempt of an exchange: its number in a ring.
import './attempt-mark.css'

export function AttemptMark({ attempt }: { attempt: number }) {
  return (
    <span
      className="attempt-mark"
      role="img"
      aria-label={`attempt ${attempt}`}
      title={`Attempt ${attempt}`}
    >
      {attempt}
    </span>
  )
}
