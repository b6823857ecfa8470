// What the log says of a fault that nobody had thought of: its name, its code, which program it was, and where it was. Its
// words are not ours and may have a message's text in them, so the log has none of them. They are for the person, who sees
// them on the screen.
import type { Problem } from '../../shared/contract'

/** The beginning of the details: a plain name, and a code. */
const NAME = /^[A-Za-z_$][\w$]{0,59}(?: \[[A-Z][A-Z0-9_]{0,59}\])?(?=:|$)/
const PROGRAM = /^Roundabout \d+\.\d+\.\d+[\w.+-]*, (?:engine|window)\b[\w .,:;()/+-]{0,300}$/

// A line of a stack says a function and a place in a file, which is one of the app's, of Node's, or of this machine.
const ORIGIN = String.raw`(?:app://|file://|node:|https?://(?:127\.0\.0\.1|localhost)[:/]|/|[A-Za-z]:[\\/]|\\\\)`
const PLACE = String.raw`${ORIGIN}[^?#\n]+:\d+:\d+`
const FUNCTION = String.raw`[\w$.<>#]+`
const CALL = String.raw`(?:async |new )*${FUNCTION}(?: \[as ${FUNCTION}\])?`
const FRAMES = [
  new RegExp(String.raw`^at ${CALL} \((?:${PLACE}|<anonymous>)\)$`),
  new RegExp(`^at (?:async )?${PLACE}$`),
  // Firefox and Safari.
  new RegExp(String.raw`^[\w$.<>/*]*@${PLACE}$`),
]

/** Relies on the form that `problemOf` gives to the details. */
export function problemText({ details }: Problem): string {
  const [head = '', ...lines] = details.split('\n').map((line) => line.trim())
  const name = NAME.exec(head)?.[0] ?? 'unknown'
  const program = lines.find((line) => PROGRAM.test(line))
  const frames = lines.filter((line) => FRAMES.some((form) => form.test(line)))
  return [program === undefined ? name : `${name} (${program})`, ...frames].join(' ')
}
