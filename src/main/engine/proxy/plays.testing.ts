// What many plays have in common: how they begin, and a message that is answered or refused by every dial.
import { RETRY_EVERY_MS, RETRY_FOR_MS } from '../../../shared/limits'
import type { Caused } from './caused.testing'
import { Play } from './playbook.testing'

const RETRIES = RETRY_FOR_MS / RETRY_EVERY_MS
/** What comes first when a connection fails that q1 waits on, and when it fails because q1 has no answer in time. */
export const STOP_REPLY = ['stop reply q1']
export const IS_DOWN = ['report row.set', 'report log']

/** A decision for a server, and its dial: upstream `100/1` on port 100. `news`: what else the decision leads to. */
export function dialled(upstream: string, ...news: string[]): string[] {
  const [server] = upstream.split('/')
  return [
    'report decision.made',
    ...news,
    `start connect ${upstream}`,
    `dial ${upstream} on port ${server}`,
  ]
}

/** This connection fails, and its server is down from now on. */
export function wentDown(upstream: string): string[] {
  return [...IS_DOWN, `hang up ${upstream}`, 'report upstream.failed']
}

/** The client gets the answer that came on a connection for this message alone. */
export function answered(upstream: string, client: number, message: string): string[] {
  return [
    `stop reply ${message}`,
    `hang up ${upstream}`,
    `answer client ${client} to ${message}: by ${upstream}`,
  ]
}

/** A play with these servers registered, all for policy 111. */
export function withServers(...servers: string[]): Play {
  const play = new Play()
  for (const [index, server] of servers.entries()) {
    const news = index === 0 ? ['report row.set', 'report policy.next'] : ['report row.set']
    play.registers(server, '111').causes(...news, `registered on ${1_000 + Number(server)}`)
  }
  return play
}

/** Asks once, has the answer given, and says who gave it. */
export function served(play: Play, policy = '111'): string | null | undefined {
  const upstream = play.asks(1, policy).dials()
  const [decision] = play.reports('decision.made')
  const question = play.lastQuestion
  expectForwarded(play, upstream, question)
  expectAnswered(play, upstream, 1, question)
  return decision?.server
}

/** Has every dial of this connection refused; returns what the last refusal led to. */
export function refuseAll(
  play: Play,
  upstream: string,
  { port = upstream.split('/')[0] } = {},
): Caused {
  for (let retry = 1; retry <= RETRIES; retry++) {
    const warning = retry === 1 ? ['report log'] : []
    play.refuses(upstream).causes(`stop connect ${upstream}`, ...warning, `start retry ${upstream}`)
    play
      .timeUp(`retry ${upstream}`)
      .causes(`start connect ${upstream}`, `dial ${upstream} on port ${port}`)
  }
  return play.refuses(upstream)
}

/** Sends a message for policy 111, and expects a decision and the dial of its server. */
export function expectDialled(play: Play, client: number, upstream: string): void {
  play.asks(client, '111').causes(...dialled(upstream))
}

/** Lets the dialled server accept, and expects that it gets the message. */
export function expectForwarded(play: Play, upstream: string, message: string): void {
  play
    .opens(upstream)
    .causes(
      `stop connect ${upstream}`,
      `forward ${message} to ${upstream}`,
      `start reply ${message}`,
    )
}

/** Lets the server answer on a connection for this message alone, and expects that the client gets the answer. */
export function expectAnswered(
  play: Play,
  upstream: string,
  client: number,
  message: string,
): void {
  play.answers(upstream).causes(...answered(upstream, client, message))
}
