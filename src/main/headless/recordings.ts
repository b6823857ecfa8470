// Recordings over HTTP, for who has the token: a part of one as bytes, and the list of those that were recovered. What is
// asked for and cannot be had is refused in words.
import type { ServerResponse } from 'node:http'
import * as v from 'valibot'
import { PART_HEADERS } from '../../shared/contract'
import { MAX_SOURCE_CHARS } from '../../shared/limits'
import type { Engine } from '../engine'

export type ServedRecordings = Pick<Engine, 'readRecording' | 'listRecovered'>

type Serve = (
  query: URLSearchParams,
  response: ServerResponse,
  warn: (text: string) => void,
) => void

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

/** Undefined where this path is not about recordings. */
export function serveRecordings(path: string, engine: ServedRecordings): Serve | undefined {
  switch (path) {
    case '/recording':
      return serve(async (query, response) => {
        const { source, from } = v.parse(partQuery, {
          source: query.get('source'),
          from: query.get('from'),
        })
        const part = await engine.readRecording(source, from)
        response.writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': part.bytes.length,
          [PART_HEADERS.from]: part.from,
          [PART_HEADERS.end]: part.end,
        })
        response.end(part.bytes)
      })
    case '/recovered':
      return serve(async (_query, response) => {
        const sessions = await engine.listRecovered()
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' })
        response.end(JSON.stringify(sessions))
      })
    default:
      return undefined
  }
}

function serve(
  respond: (query: URLSearchParams, response: ServerResponse) => Promise<void>,
): Serve {
  return (query, response, warn) => {
    response.setHeader('Cache-Control', 'no-store')
    respond(query, response).catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error)
      warn(`A request for a recording was refused: ${words}`)
      if (response.headersSent) return response.destroy()
      response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' })
      return response.end(words)
    })
  }
}
