// What a program said before it failed: the last exception in its output, and where it was thrown.

export interface ThrownException {
  /** `KeyError: 'privPolyId'`. */
  readonly text: string
  /** `reverse_proxy.py, line 41, in handle`; absent where the language does not say. */
  readonly where?: string
}

const PYTHON_START = /^Traceback \(most recent call last\)/
const PYTHON_FRAME = /^ {2}File "(.+)", line (\d+)(?:, in (.+))?$/
const LIBRARY = /[/\\](?:lib|Lib)[/\\]|<frozen /
const NAMED =
  /^(?:Exception in thread .*?"?\s)?([\w.$]*(?:Error|Exception)\b(?: \[\w+\])?(?::.*)?)$/
const FRAME = /^\s+at (.+)$/
const PANIC = /^(?:panic: .*|thread '.*' panicked at .*|Segmentation fault.*|terminate called .*)$/

/** Of Python, Node, Java, Go, Rust and C++. */
export function lastException(lines: readonly string[]): ThrownException | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? ''
    if (PYTHON_START.test(line)) {
      const found = pythonException(lines.slice(index + 1))
      if (found !== undefined) return found
    }
    if (PANIC.test(line)) return { text: line }
    const [, text] = NAMED.exec(line) ?? []
    const [, where] = FRAME.exec(lines[index + 1] ?? '') ?? []
    if (text !== undefined && where !== undefined) return { text, where: shortPath(where) }
  }
  return undefined
}

function pythonException(lines: readonly string[]): ThrownException | undefined {
  const end = lines.findIndex((line) => line !== '' && !line.startsWith(' '))
  const text = lines[end]
  if (text === undefined) return undefined
  const frames = lines.slice(0, end).filter((line) => PYTHON_FRAME.test(line))
  // The program's own line says more than the library's that it called.
  const frame = frames.findLast((line) => !LIBRARY.test(line)) ?? frames.at(-1) ?? ''
  const [, file, line, name] = PYTHON_FRAME.exec(frame) ?? []
  if (file === undefined) return { text }
  const within = name === undefined || name === '<module>' ? '' : `, in ${name}`
  return { text, where: `${shortPath(file)}, line ${line}${within}` }
}

/** Without the folders, which a student knows and a reader of a report need not see. */
function shortPath(path: string): string {
  return path.replace(/(?:file:\/\/)?[^\s(]*[/\\](?=[^/\\]+$)/, '')
}
