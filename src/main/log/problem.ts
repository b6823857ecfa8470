// The log's text about an unexpected error: its name, its code, the program and the stack. It
// leaves out the error's message, which may quote a payload; the person sees that on the screen.
import type { Problem } from '../../shared/contract'

/** The beginning of the details: a plain name, and a code. */
const NAME = /^[A-Za-z_$][\w$]{0,59}(?: \[[A-Z][A-Z0-9_]{0,59}\])?(?=:|$)/
const PROGRAM = /^Roundabout \d+\.\d+\.\d+[\w.+-]*, (?:engine|window)\b[\w .,:;()/+-]{0,300}$/

// A line of a stack names a function and a position in a file of the app, of Node or of this
// machine.
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

/** Relies on the format that `problemOf` gives to the details. */
export function problemText({ details }: Problem): string {
  const [head = '', ...lines] = details.split('\n').map((line) => line.trim())
  const name = NAME.exec(head)?.[0] ?? 'unknown'
  const program = lines.find((line) => PROGRAM.test(line))
  const frames = lines.filter((line) => FRAMES.some((form) => form.test(line)))
  return [program === undefined ? name : `${name} (${program})`, ...frames].join(' ')
}
