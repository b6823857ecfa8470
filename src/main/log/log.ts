// The log of one run: what is told of, in the file and, where it is a warning, at the terminal too. No payload ever
// stands in it but where `content` puts it, which is for who asked for it (contents.ts).

import { EntryLimiter } from './entry-limiter'
import { openLogFile } from './file'
import { type Level, lineOf, oneLine } from './line'

export interface Log {
  /** The file that is written now. */
  readonly path: string
  info(text: string): void
  warn(text: string): void
  error(text: string): void
  /** A message's text. */
  content(text: string): void
  /** Writes what is still counted, and a last line. Nothing is written after it. */
  end(text: string): void
}

export interface LogOptions {
  folder: string
  /** The terminal: warnings and errors go there too. */
  console: (text: string) => void
  maxFileBytes?: number
}

/** Never throws, and neither does what it gives. */
export function createLog({ folder, console, maxFileBytes }: LogOptions): Log {
  const file = openLogFile({
    folder,
    onFault: console,
    ...(maxFileBytes === undefined ? {} : { maxBytes: maxFileBytes }),
  })
  let ended = false
  const write = (level: Level, text: string) => {
    file.write(lineOf(new Date(), level, text))
    if (level === 'warn' || level === 'error') console(text)
  }
  const flood = new EntryLimiter(write)
  const add = (level: Level) => (text: string) => {
    if (!ended) flood.add(level, oneLine(text))
  }

  return {
    path: file.path,
    info: add('info'),
    warn: add('warn'),
    error: add('error'),
    content: add('content'),
    end(text) {
      if (ended) return
      flood.flush()
      write('info', oneLine(text))
      ended = true
    },
  }
}
