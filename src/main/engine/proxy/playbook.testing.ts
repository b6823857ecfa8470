// For tests of the core that read as the protocol: calls are inputs, and effects are compared as words, before the next
// call and before the test ends. Then nothing may be open that the test does not name. Connections to servers have the
// server's id and a number: the second to 100 is `100/2`.
import { expect, onTestFinished } from 'vitest'
import type { EventBody } from '../../../shared/events'
import { nodeId, type ProtocolId } from '../../../shared/ids'
import { composeClientMessage, composeRegistration } from '../../../shared/protocol/compose'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import { Askers } from './askers.testing'
import { Caused } from './caused.testing'
import { ProxyCore } from './core'
import { parse } from './parse.testing'
import type { Effect, Input, TimerId, UpstreamId } from './protocol'
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from './table'

const ADDRESS = '127.0.0.1'

type Speaker = Pick<Extract<Input, { type: 'clientMessage' }>, 'node' | 'address' | 'portOwner'>

/** Servers listen on the port of their id, unless they say otherwise, and register over connection 1000 + id. */
export class Play {
  /** Events that the last input caused. */
  reported: EventBody[] = []
  /** The `destid` of each answer that the last input caused, as it is written. */
  destinations: unknown[] = []
  private readonly askers = new Askers()
  /** The sentence of the last error answer. */
  said = ''
  /** Links have no latency: a message is written at once. Else `handsOver` says when. */
  handsOverAtOnce = true
  /** When the next input comes, in simulated and in real time. */
  now = 0
  ranForMs = 0
  /** The length of the time limit that was started last, if it is not the usual one for its purpose. */
  delayMs: number | undefined
  private readonly core = new ProxyCore({ hashOf: (payload) => `hash of ${payload}` })
  private readonly names = new Map<UpstreamId, string>()
  private readonly dialled = new Map<ProtocolId, number>()
  private readonly timers = new Map<TimerId, string>()
  private readonly clients = new Set<number>()
  /** Messages without an answer whose client is connected, by the client that waits. */
  private readonly questions = new Map<string, number>()
  /** Connections to servers that were dialled and not hung up. */
  private readonly upstreams = new Set<string>()
  private lastExchange = 0
  private last: Caused | undefined
  private isOver = false

  constructor() {
    onTestFinished(() => {
      if (!this.isOver) this.leavesOpen()
    })
  }

  /** Time limits that are running, by what they are for: `connect 100/1`, `reply q1`, `retry 100/1`. */
  get running(): string[] {
    return [...this.timers.values()]
  }

  /** The name of the last message that a client sent. */
  get lastQuestion(): string {
    return `q${this.lastExchange}`
  }

  /**
   * Ends the play. Fails unless these are all that is left: messages without an answer, connections to servers, and time
   * limits. A play that does not say so leaves nothing.
   */
  leavesOpen(...expected: string[]): void {
    this.isOver = true
    this.last?.finish()
    expect([...this.questions.keys(), ...this.upstreams, ...this.running]).toEqual(expected)
  }

  reports<T extends EventBody['type']>(type: T): Extract<EventBody, { type: T }>[] {
    return this.reported.filter(
      (event): event is Extract<EventBody, { type: T }> => event.type === type,
    )
  }

  registers(
    server: ProtocolId,
    policy: ProtocolId,
    { port = Number(server), address = ADDRESS } = {},
  ) {
    const bytes = composeRegistration(server, policy, port)
    return this.says(1_000 + Number(server), bytes, {
      node: nodeOf(server),
      address,
    })
  }

  /** A client's next message; the first one of a play is q1. */
  asks(client: number, policy: ProtocolId) {
    const bytes = composeClientMessage(String(client), policy, `payload ${this.lastExchange + 1}`)
    return this.says(client, bytes)
  }

  /** Any bytes that are a message, on a connection to the proxy. */
  says(
    client: number,
    bytes: Uint8Array,
    { node = `client:${client}`, address = ADDRESS, portOwner }: Partial<Speaker> = {},
  ) {
    const message = parse(bytes)
    const exchange = message.type === 0 ? ++this.lastExchange : 0
    this.connects(client)
    if (message.type === 0) this.questions.set(this.lastQuestion, client)
    const from = { client, exchange, address, node, portOwner }
    return this.in({ type: 'clientMessage', message, bytes, ...from })
  }

  garbles(client: number, code: ErrorCode, text = '', { fatal = false, exchange = 0 } = {}) {
    const bytes = new TextEncoder().encode(text)
    this.connects(client)
    return this.in({ type: 'clientFault', client, exchange, fault: fault(code), bytes, fatal })
  }

  leaves(client: number) {
    this.connects(client)
    this.clients.delete(client)
    for (const [question, asker] of this.questions) {
      if (asker === client) this.questions.delete(question)
    }
    return this.in({ type: 'clientClosed', client })
  }

  opens(upstream: string) {
    return this.in({ type: 'upstreamOpened', upstream: this.idOf(upstream) })
  }

  refuses(upstream: string) {
    const refusal = { message: 'refused', isRefusal: true }
    return this.in({ type: 'upstreamRefused', upstream: this.idOf(upstream), ...refusal })
  }

  /** The server answers; what it says names the connection, so that one can see whose answer went where. */
  answers(upstream: string, payload = `by ${upstream}`) {
    return this.sends(upstream, this.askers.answer(upstream, payload))
  }

  sends(upstream: string, bytes: Uint8Array) {
    const message = parse(bytes)
    return this.in({ type: 'upstreamMessage', upstream: this.idOf(upstream), message, bytes })
  }

  sendsGarbage(upstream: string) {
    const id = this.idOf(upstream)
    return this.in({ type: 'upstreamFault', upstream: id, fault: fault('NOT_JSON') })
  }

  closes(upstream: string) {
    return this.in({ type: 'upstreamClosed', upstream: this.idOf(upstream) })
  }

  timeUp(timer: string) {
    for (const [id, name] of this.timers) {
      if (name !== timer) continue
      this.timers.delete(id)
      return this.in({ type: 'timeUp', timer: id })
    }
    throw new Error(`No time limit "${timer}" is running, only ${this.running}.`)
  }

  removes(server: ProtocolId) {
    return this.in({ type: 'nodeRemoved', node: nodeOf(server) })
  }

  keeps(server: ProtocolId, keep = true) {
    return this.in({ type: 'keepConnectionSet', server, node: nodeOf(server), keep })
  }

  configures(server: ProtocolId, its: Partial<ServerSettings>) {
    const node = nodeOf(server)
    const settings = { ...DEFAULT_SERVER_SETTINGS, ...its }
    return this.in({ type: 'serverConfigured', server, node, settings })
  }

  setsPool(policy: ProtocolId, values: Partial<PoolValues>) {
    const settings = settled(POOL_SETTINGS, values)
    return this.in({ type: 'poolConfigured', policy, settings })
  }

  /** The link has handed question `exchange` over. */
  handsOver(upstream: string, exchange: number) {
    return this.in({ type: 'forwarded', upstream: this.idOf(upstream), exchange })
  }

  /** Clients need not be introduced: each connects with the first thing that it does. */
  private connects(client: number): void {
    if (this.clients.has(client)) return
    this.clients.add(client)
    this.in({ type: 'clientOpened', client })
  }

  /** Any input. */
  in(input: Input): Caused {
    if (this.isOver) throw new Error('The play is over.')
    this.last?.finish()
    this.reported = []
    this.destinations = []
    const caused = new Caused(input.type, this.take(input))
    this.last = caused
    return caused
  }

  private take(input: Input): string[] {
    const effects = this.core.handle(input, { now: this.now, ranForMs: this.ranForMs })
    const words = effects.map((effect, index) => this.say(effect, effects[index + 1], input))
    for (const effect of this.handsOverAtOnce ? effects : []) {
      if (effect.type !== 'forward') continue
      const { upstream, exchange } = effect
      words.push(...this.take({ type: 'forwarded', upstream, exchange }))
    }
    return words
  }

  private say(effect: Effect, next: Effect | undefined, cause: Input): string {
    switch (effect.type) {
      case 'dial': {
        const name = this.nameOf(effect.upstream, effect.node)
        this.upstreams.add(name)
        return `dial ${name} on port ${effect.port}`
      }
      case 'forward':
        this.askers.forwarded(this.nameOf(effect.upstream), effect.bytes)
        return `forward q${effect.exchange} to ${this.nameOf(effect.upstream)}`
      case 'probe':
        return `give ${this.nameOf(effect.upstream)} a ${effect.give}`
      case 'check':
        return `check ${effect.server}`
      case 'seek':
        return `seek ${effect.node}`
      case 'endCheck':
        return `give up check ${effect.check}`
      case 'hangUp':
        this.upstreams.delete(this.nameOf(effect.upstream))
        return `hang up ${this.nameOf(effect.upstream)}`
      case 'answer': {
        this.questions.delete(`q${effect.exchange}`)
        const message = parse(effect.bytes)
        if (message.type !== 2)
          throw new Error('The core answered with something that is no answer.')
        this.destinations.push(JSON.parse(new TextDecoder().decode(effect.bytes)).destid)
        this.said = message.error?.message ?? this.said
        const what = effect.reason ?? message.payload
        const question = effect.exchange === 0 ? '' : ` to q${effect.exchange}`
        return `answer client ${effect.client}${question}: ${what}`
      }
      case 'registered':
        return `registered on ${effect.client}`
      case 'closeClient':
        return `close client ${effect.client}`
      case 'startTimer':
        this.delayMs = effect.delayMs
        this.timers.set(effect.timer, this.timerName(effect, next, cause))
        return `start ${this.timers.get(effect.timer)}`
      case 'stopTimer': {
        const name = this.timers.get(effect.timer)
        if (name === undefined) throw new Error('Stopped a timer that does not run.')
        this.timers.delete(effect.timer)
        return `stop ${name}`
      }
      case 'report':
        this.reported.push(effect.event)
        return `report ${effect.event.type}`
    }
  }

  private timerName(
    { purpose, exchange }: Extract<Effect, { type: 'startTimer' }>,
    next: Effect | undefined,
    cause: Input,
  ): string {
    if (exchange !== 0) return `${purpose} q${exchange}`
    if (next?.type === 'dial') return `${purpose} ${this.nameOf(next.upstream, next.node)}`
    return 'upstream' in cause ? `${purpose} ${this.nameOf(cause.upstream)}` : purpose
  }

  private nameOf(upstream: UpstreamId, node = ''): string {
    const known = this.names.get(upstream)
    if (known !== undefined) return known
    const server = node.slice(node.lastIndexOf(':') + 1)
    const number = (this.dialled.get(server) ?? 0) + 1
    this.dialled.set(server, number)
    const name = `${server}/${number}`
    this.names.set(upstream, name)
    return name
  }

  private idOf(name: string): UpstreamId {
    for (const [id, known] of this.names) if (known === name) return id
    throw new Error(`The core has dialled no ${name}, only ${[...this.names.values()]}.`)
  }
}

const nodeOf = (server: ProtocolId) => nodeId('inside', 'server', server)
