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
const LIBRARY_FRAME = /\bnode:|^(?:java|jdk|sun)\.|^[\w.]+@?[\w.]*\/(?:java|jdk|sun)\./
/** Node names the line before the exception. */
const NODE_SOURCE = /^(?:file:\/\/)?(.+\.[cm]?[jt]s):(\d+)$/
const NODE_SOURCE_LINES = 6
const PYTHON_SYNTAX = /^(?:SyntaxError|IndentationError|TabError): /
const PYTHON_SYNTAX_LINES = 4
/** An error of gcc and clang, and of `java` that runs a source file. */
const COMPILER = /^(.+\.\w+):(\d+)(?::\d+)?: (?:fatal )?(error: .+)$/
/** What stands in an exception's trace besides its text. */
const TRACE = /^\s|^$|^[}^]|^Node\.js v|^Traceback|^Exception in thread|^Emitted 'error' event/
const PANIC = /^(?:panic: .*|thread '.*' panicked at .*|Segmentation fault.*|terminate called .*)$/

/** The last exception that a program printed (Python, Node, Java, Go, Rust, C++), or a compiler's error. */
export function lastException(lines: readonly string[]): ThrownException | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? ''
    if (PYTHON_SYNTAX.test(line)) {
      const before = lines.slice(Math.max(0, index - PYTHON_SYNTAX_LINES), index)
      const [, file, number] = matchedLast(before, PYTHON_FRAME) ?? []
      if (file !== undefined) return { text: line, where: `${shortPath(file)}, line ${number}` }
    }
    if (PYTHON_START.test(line)) {
      const found = pythonException(lines.slice(index + 1))
      if (found !== undefined) return found
    }
    if (PANIC.test(line)) return { text: line }
    // The first error of a compiler: others often follow from it.
    if (COMPILER.test(line)) return firstOfCompiler(lines)
    const [, text] = NAMED.exec(line) ?? []
    const where = text === undefined ? undefined : frameOf(lines, index)
    if (text !== undefined && where !== undefined) return { text, where }
  }
  return undefined
}

/** The last of these lines that is not of the exception's trace; undefined without one. */
export function lastSentence(
  lines: readonly string[],
  exception?: ThrownException,
): string | undefined {
  if (exception === undefined) return lines.findLast((line) => line.trim() !== '')
  const index = lines.lastIndexOf(exception.text)
  return lines.slice(index + 1).findLast((line) => !TRACE.test(line) && line !== exception.text)
}

function firstOfCompiler(lines: readonly string[]): ThrownException | undefined {
  for (const line of lines) {
    const [, file, number, text] = COMPILER.exec(line) ?? []
    if (file !== undefined && text !== undefined) {
      return { text, where: `${shortPath(file)}, line ${number}` }
    }
  }
  return undefined
}

/** Where it was thrown, by the lines after its text; the program's own line rather than its library's. */
function frameOf(lines: readonly string[], index: number): string | undefined {
  const frames: string[] = []
  for (const line of lines.slice(index + 1)) {
    const [, frame] = FRAME.exec(line) ?? []
    if (frame === undefined) break
    frames.push(frame)
  }
  const own = frames.find((frame) => !LIBRARY_FRAME.test(frame))
  if (own !== undefined) return shortPath(own)
  const before = lines.slice(Math.max(0, index - NODE_SOURCE_LINES), index)
  const [, file, number] = matchedLast(before, NODE_SOURCE) ?? []
  if (file !== undefined && frames.length > 0 && !file.startsWith('node:')) {
    return `${shortPath(file)}, line ${number}`
  }
  return frames[0] === undefined ? undefined : shortPath(frames[0])
}

function matchedLast(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  const line = lines.findLast((one) => pattern.test(one))
  return (line === undefined ? undefined : pattern.exec(line)) ?? undefined
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
