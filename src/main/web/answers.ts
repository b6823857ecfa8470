// The answers of the web host: a status, a type and a body, with the headers that each of them has.
import type { ServerResponse } from 'node:http'
import { REFUSAL_HEADERS, REFUSAL_PAGES } from './refusal-page'

interface Answer {
  status: number
  type: string
  body: string | Buffer
  headers?: Record<string, string>
}

export function refuse(response: ServerResponse, status: number, reason: string): void {
  if (status === 405) response.setHeader('Allow', 'GET, HEAD')
  // Whatever follows on such a connection, for example a body, is not read.
  if (status !== 404) response.setHeader('Connection', 'close')
  send(response, text(status, reason))
}

export const text = (status: number, words: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${words}\n`,
})

export const htmlPage = (status: number, name: keyof typeof REFUSAL_PAGES): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body: REFUSAL_PAGES[name],
})

export function send(response: ServerResponse, { status, type, body, headers = {} }: Answer): void {
  const all = { ...REFUSAL_HEADERS, 'Cache-Control': 'no-store', 'Content-Type': type, ...headers }
  response.statusCode = status
  setAll(response, all).end(body)
}

export function setAll(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): ServerResponse {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  return response
}
