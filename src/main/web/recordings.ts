// Recordings over HTTP: parts of one as bytes, and the list of kept sessions. A viewer gets the
// running session only. Refusals are sentences.
import type { ServerResponse } from 'node:http'
import * as v from 'valibot'
import type { UserRole } from '../../shared/commands'
import { PART_HEADERS } from '../../shared/contract'
import { errorText } from '../../shared/error-text'
import {
  MAX_PARTS_IN_PROGRESS,
  MAX_PARTS_OF_VIEWER,
  MAX_PARTS_WAITING,
  MAX_PARTS_WAITING_OF_VIEWER,
  MAX_SOURCE_CHARS,
} from '../../shared/limits'
import type { Engine } from '../engine'

export type ServedRecordings = Pick<Engine, 'readRecording' | 'listSessions'>

interface RecordingServer {
  /** Returns whether this path is about recordings. */
  has(path: string): boolean
  /** `viewer`: the number of the viewer who asks; omitted: all viewers have the same token. */
  serve(
    path: string,
    query: URLSearchParams,
    role: UserRole,
    response: ServerResponse,
    viewer?: number,
  ): void
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
    operator: { inProgress: new Set(), waiting: new Set() },
    viewer: { inProgress: new Set(), waiting: new Set() },
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
    serve(path, query, role, response, viewer) {
      response.setHeader('Cache-Control', 'no-store')
      const line = lines[role]
      const isFull =
        line.waiting.size >= MAX_PARTS_WAITING ||
        (viewer !== undefined && countOf(line.waiting, viewer) >= MAX_PARTS_WAITING_OF_VIEWER)
      if (isFull) {
        return refuse(response, 503, 'Too many parts of recordings are read at once. Try again.')
      }
      waitInLine(line, response, { viewer, begin: () => respond(path, query, role, response) })
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

interface Part {
  /** The number of the viewer whose it is, if viewers have numbers. */
  viewer: number | undefined
  begin: () => void
}

interface Line {
  inProgress: Set<Part>
  /** The oldest first. */
  waiting: Set<Part>
}

function countOf(parts: Iterable<Part>, viewer: number): number {
  let count = 0
  for (const part of parts) if (part.viewer === viewer) count++
  return count
}

/**
 * Begins the response when there are few enough in progress, and few enough of its viewer: a class that looks back at once waits
 * for a moment, and a client that requests parts without reading them neither gets all of them into memory nor keeps others waiting.
 */
function waitInLine(line: Line, response: ServerResponse, part: Part): void {
  response.once('close', () => {
    line.waiting.delete(part)
    if (line.inProgress.delete(part)) beginNext(line)
  })
  line.waiting.add(part)
  beginNext(line)
}

function beginNext({ inProgress, waiting }: Line): void {
  for (const part of waiting) {
    if (inProgress.size >= MAX_PARTS_IN_PROGRESS) return
    const { viewer } = part
    if (viewer !== undefined && countOf(inProgress, viewer) >= MAX_PARTS_OF_VIEWER) continue
    waiting.delete(part)
    inProgress.add(part)
    part.begin()
  }
}
