// The log of one run, in a file; warnings and errors go to the terminal too. Only `content` writes
// payloads, and only while a person has switched it on (message-contents.ts).

import { EntryLimiter } from './entry-limiter'
import { openLogFile } from './file'
import { type Level, lineOf, oneLine } from './line'

export interface Log {
  /** The current file. */
  readonly path: string
  info(text: string): void
  warn(text: string): void
  error(text: string): void
  /** Writes a message's text. */
  content(text: string): void
  /** Writes outstanding counts and a last line. Later entries are ignored. */
  end(text: string): void
}

interface LogOptions {
  folder: string
  /** The terminal, which gets warnings and errors too. */
  console: (text: string) => void
  maxFileBytes?: number
}

/** Never throws, and neither do the log's methods. */
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
