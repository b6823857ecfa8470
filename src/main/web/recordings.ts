// Recordings over HTTP: parts of one as bytes, and the list of kept sessions. A viewer gets the
// running session only. Refusals are sentences.
import type { ServerResponse } from 'node:http'
import * as v from 'valibot'
import type { UserRole } from '../../shared/commands'
import { PART_HEADERS } from '../../shared/contract'
import { errorText } from '../../shared/error-text'
import { MAX_PARTS_IN_PROGRESS, MAX_PARTS_WAITING, MAX_SOURCE_CHARS } from '../../shared/limits'
import type { Engine } from '../engine'

export type ServedRecordings = Pick<Engine, 'readRecording' | 'listSessions'>

interface RecordingServer {
  /** Returns whether this path is about recordings. */
  has(path: string): boolean
  serve(path: string, query: URLSearchParams, role: UserRole, response: ServerResponse): void
}

const partQuery = v.object({
  source: v.pipe(
    v.string('It names no source.'),
    v.minLength(1, 'It names no source.'),
    v.maxLength(MAX_SOURCE_CHARS, 'Its source has too long a name.'),
  ),
  from: v.pipe(
    v.string('It does not say from where on.'),
    v.regex(/^\d{1,15}$/, 'From where on is no whole number.'),
    v.transform(Number),
  ),
})

/** What only an operator may read. Its message is shown to the person who asked. */
class NotAllowedError extends Error {}

function checkOperator(role: UserRole): void {
  if (role === 'viewer') throw new NotAllowedError('A viewer sees the running session only.')
}

type Respond = (
  query: URLSearchParams,
  role: UserRole,
  response: ServerResponse,
) => Promise<unknown>

export function serveRecordings(
  engine: ServedRecordings,
  warn: (text: string) => void,
): RecordingServer {
  /** By role: viewers who read too much must not keep an operator from reading. */
  const lines: Record<UserRole, Line> = {
    operator: { inProgress: 0, waiting: new Set() },
    viewer: { inProgress: 0, waiting: new Set() },
  }

  const responders: ReadonlyMap<string, Respond> = new Map([
    [
      '/recording',
      async (query, role, response) => {
        const { source, from } = v.parse(partQuery, {
          source: query.get('source'),
          from: query.get('from'),
        })
        if (source !== 'session') checkOperator(role)
        const part = await engine.readRecording(source, from)
        response.writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': part.bytes.length,
          [PART_HEADERS.from]: part.from,
          [PART_HEADERS.end]: part.end,
        })
        response.end(part.bytes)
      },
    ],
    [
      '/sessions',
      async (_query, role, response) => {
        checkOperator(role)
        const sessions = await engine.listSessions()
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' })
        response.end(JSON.stringify(sessions))
      },
    ],
  ])

  function refuse(response: ServerResponse, status: number, words: string): void {
    warn(`A request for a recording was refused: ${words}`)
    if (response.headersSent) return void response.destroy()
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(words)
  }

  return {
    has: (path) => responders.has(path),
    serve(path, query, role, response) {
      response.setHeader('Cache-Control', 'no-store')
      const line = lines[role]
      if (line.waiting.size >= MAX_PARTS_WAITING) {
        return refuse(response, 503, 'Too many parts of recordings are read at once. Try again.')
      }
      waitInLine(line, response, () => respond(path, query, role, response))
    },
  }

  function respond(
    path: string,
    query: URLSearchParams,
    role: UserRole,
    response: ServerResponse,
  ): void {
    responders
      .get(path)?.(query, role, response)
      .catch((error: unknown) =>
        refuse(response, error instanceof NotAllowedError ? 403 : 400, errorText(error)),
      )
  }
}

interface Line {
  inProgress: number
  /** What begins the responses that wait, the oldest first. */
  waiting: Set<() => void>
}

/**
 * Begins the response when there are few enough in progress: a class that looks back at once waits for a moment, and a client
 * that requests parts without reading them does not get all of them into memory.
 */
function waitInLine(line: Line, response: ServerResponse, begin: () => void): void {
  const start = () => {
    line.waiting.delete(start)
    line.inProgress++
    begin()
  }
  response.once('close', () => {
    // It left before its turn.
    if (line.waiting.delete(start)) return
    line.inProgress--
    for (const next of line.waiting) {
      next()
      break
    }
  })
  line.waiting.add(start)
  if (line.inProgress < MAX_PARTS_IN_PROGRESS) start()
}
