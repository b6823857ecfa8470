// What a server that does not answer seems to wait for, or why it has not answered: sentences for the error answer, for
// the server's terminal and for the inspector.
import { isLoopback } from '../addresses'
import { counted } from '../format'
import type { ProtocolId } from '../ids'
import { visibly } from '../visible-controls'

/** What made it answer once its time was over: the end of a line, or the end of the connection. */
export type AwaitedEnd = 'newline' | 'end'

interface Server {
  readonly id: ProtocolId
  /** At which the proxy looks for it. */
  readonly address: string
  readonly port: number
  /** Answers since it registered. */
  readonly answers: number
  /** The connection that it registered on is still open. */
  readonly registrationIsOpen: boolean
}

/** `detail`: what the system says. */
export function refusalWords(server: Server, detail: string): string {
  const { id, address, port, answers, registrationIsOpen } = server
  const what = visibly`Server ${id} refused the connection on port ${port}`
  if (registrationIsOpen) {
    return `${what}, and still has the connection open that it registered on: ${WAITS_THERE} It has to listen on port ${port}. (${detail})`
  }
  const once = answers === 1 ? ` It has answered one message: ${ACCEPT_AGAIN}` : ''
  const where = isLoopback(address)
    ? ''
    : ` If so, does it listen on ${address} or 0.0.0.0? ${ALONE}`
  return `${what}: is it still running?${where}${once} (${detail})`
}

/** `before`: messages that it got earlier and has not answered. */
export function silenceWords(server: Server, before: number, awaited?: AwaitedEnd): string {
  const { id, answers, registrationIsOpen } = server
  const what = visibly`Server ${id} has not answered in time`
  if (awaited !== undefined) return `${what}. ${ANSWERED_LATE[awaited]}`
  if (before > 0) {
    return `${what}: it is busy with ${counted(before, 'message')} that came earlier. A program with one thread answers one after another.`
  }
  if (answers === 0 && registrationIsOpen) {
    return `${what}, and still has the connection open that it registered on: ${WAITS_THERE}`
  }
  if (answers === 1) return `${what}. It has answered one message before: ${ACCEPT_AGAIN}`
  return `${what}. ${answers === 0 ? NEVER_ANSWERED : ''}`.trim()
}

/** `what`: a sentence, which may begin with `The server` or `It`. */
export function serverWords(name: string, what: string): string {
  const said = /^(?:The server|It) (.*)$/s.exec(what)?.[1]
  return said === undefined ? `${name}: ${what}` : `${name} ${said}`
}

/** An outside program that has closed the connection without an answer. */
export function closedWords(id: ProtocolId): string {
  return visibly`Server ${id} closed the connection without an answer: did it end with an exception? Look at its terminal.`
}

const WAITS_THERE =
  'does it wait there? A registration gets no answer, and messages come over new connections.'
const ALONE = 'One that listens on 127.0.0.1 or localhost is reached from its own machine only.'
const ACCEPT_AGAIN =
  'does it call accept() again afterwards? The proxy opens a connection for each message, unless “Keep the connection from the proxy open” is on for this server.'
const NEVER_ANSWERED =
  'Does it call accept(), read with recv() until the JSON object is complete, and answer on the same connection?'
const ANSWERED_LATE: Readonly<Record<AwaitedEnd, string>> = {
  newline:
    'It answered as soon as the proxy sent it a newline: it seems to read lines, but a message has no newline at its end. Read until the JSON object is complete.',
  end: 'It answered as soon as the proxy closed its direction of the connection: it seems to read until the end, but the connection stays open for the answer. Read until the JSON object is complete.',
}
