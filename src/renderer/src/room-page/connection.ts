// The connection to the room: joins by the code or, after a loss, by the token; connects again with growing pauses.

import type { NodeId } from '../../../shared/ids'
import { VIEWER_SILENCE_MS } from '../../../shared/limits'
import {
  CUT_OFF,
  ENDED,
  type RoomMessage,
  VIEWER_PATH,
  type ViewerMessage,
  WHOLE_LAB_PATH,
} from '../../../shared/room/viewer-line'
import type { VoteAnswer } from '../../../shared/room/vote'
import { lookedAt, useClass } from './class-state'
import { codeOf } from './code-of'
import { forget, remember, rememberedViewer } from './memory'

const FIRST_RETRY_MS = 250
const MAX_RETRY_MS = 4_000
/** For a new connection, until it has joined. */
const DIAL_LIMIT_MS = 10_000
const CHECK_EVERY_MS = 1_000

const { getState, setState } = useClass
let socket: WebSocket | undefined
let retryMs = FIRST_RETRY_MS
let retry: ReturnType<typeof setTimeout> | undefined
/** When the room said something last, or was dialled. */
let heardAtMs = 0
/** What this person has called itself here: a change that was lost on the way is made again. */
let chosenName: string | undefined
/** The exchange whose answer is on its way; 0: none. */
let answeredByHand = 0

/** Joins by what is known: this device has joined before, or the address has the code. */
export function startClass(): void {
  const { token, name } = rememberedViewer()
  const code = codeOf(window.location.hash)
  setState({ token, name, code })
  if (token !== '') connect()
  else setState({ phase: 'entering' })
  setInterval(checkSilence, CHECK_EVERY_MS)
  useClass.subscribe((state, before) => {
    if (lookedAt(state) !== lookedAt(before)) tellLook()
  })
  // A phone that wakes up does not wait for the next attempt.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && getState().phase === 'lost') connect()
  })
}

export function join(code: string, name: string): void {
  if (code.trim() === '') {
    setState({ name, error: 'Enter the six letters and digits of the code first.' })
    return
  }
  chosenName = undefined
  setState({ code, name, token: '', error: '', phase: 'joining' })
  if (socket?.readyState === WebSocket.OPEN) say({ kind: 'join', code, name })
  else connect()
}

export function rename(name: string): void {
  chosenName = name
  setState({ name })
  remember({ token: getState().token, name })
  say({ kind: 'rename', name })
}

/** It is sent when the connection is there. */
export function giveAnswer(given: VoteAnswer): void {
  const { vote } = getState()
  if (vote === null || vote.isRevealed) return
  setState({ sending: { question: vote.id, round: vote.round, answer: given } })
  sendAnswer()
}

export function look(node: NodeId | null): void {
  setState({ chosen: node, follows: false })
}

export function follow(follows: boolean): void {
  // What was on the screen stays there.
  setState(follows ? { follows } : { follows, chosen: lookedAt(getState()) })
}

export function wantClient(): void {
  say({ kind: 'wantClient' })
}

/** Empty: with the client's own payload. */
export function sendMessage(payload: string): void {
  say({ kind: 'send', payload })
}

export function wantServer(): void {
  say({ kind: 'wantServer' })
}

/** To a message that waits at the person's own server. Not twice, unless it was refused, or lost with the connection. */
export function answerByHand(exchange: number, payload: string): void {
  const { phase, serverError } = getState()
  if (phase !== 'in' || (answeredByHand === exchange && serverError === '')) return
  answeredByHand = exchange
  say({ kind: 'answerByHand', exchange, payload })
}

export function wholeLabAddress(token: string): string {
  return `${WHOLE_LAB_PATH}?token=${encodeURIComponent(token)}`
}

function say(message: ViewerMessage): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
}

function sendAnswer(): void {
  const { sending, phase } = getState()
  if (sending !== null && phase === 'in') say({ kind: 'answer', ...sending })
}

function tellLook(): void {
  const state = getState()
  const node = lookedAt(state)
  if (state.details?.node !== node) setState({ details: null })
  if (state.phase === 'in') say({ kind: 'look', node })
}

/** A network that goes without a word closes nothing: only silence tells. */
function checkSilence(): void {
  const { phase } = getState()
  if (phase !== 'in' && phase !== 'lost' && phase !== 'joining') return
  const limitMs = phase === 'in' ? VIEWER_SILENCE_MS : DIAL_LIMIT_MS
  if (Date.now() - heardAtMs <= limitMs) return
  setState({ phase: 'lost' })
  connect()
}

function connect(): void {
  clearTimeout(retry)
  heardAtMs = Date.now()
  const dialled = new WebSocket(`ws://${window.location.host}${VIEWER_PATH}`)
  if (socket !== undefined) socket.onclose = null
  socket?.close()
  socket = dialled
  dialled.onopen = () => {
    const { token, code, name } = getState()
    say(token === '' ? { kind: 'join', code, name } : { kind: 'return', token })
  }
  dialled.onmessage = ({ data }) => {
    heardAtMs = Date.now()
    const message = typeof data === 'string' ? messageOf(data) : undefined
    if (message !== undefined) take(message)
  }
  dialled.onclose = ({ code, reason }) => {
    if (code === ENDED) {
      forget()
      return setState({ phase: 'ended', vote: null })
    }
    if (code === CUT_OFF && getState().phase === 'in') {
      return setState({ phase: 'cutOff', error: reason })
    }
    // It was let wait for the code, and the person still types.
    if (getState().phase === 'entering') return
    setState({ phase: 'lost' })
    retry = setTimeout(connect, retryMs)
    retryMs = Math.min(2 * retryMs, MAX_RETRY_MS)
  }
}

function take(message: RoomMessage): void {
  switch (message.kind) {
    case 'joined': {
      const { token, code } = message
      const name = chosenName ?? message.name
      retryMs = FIRST_RETRY_MS
      remember({ token, name })
      setState({ phase: 'in', error: '', token, name, code })
      answeredByHand = 0
      if (name !== message.name) say({ kind: 'rename', name })
      sendAnswer()
      if (lookedAt(getState()) !== null) tellLook()
      return
    }
    case 'refused': {
      const isStale = message.about === 'token'
      if (isStale) forget()
      // The code of the address may be the right one.
      setState({ phase: 'entering', token: '', error: isStale ? '' : message.error })
      return
    }
    case 'alive':
      return
    case 'lab':
      setState({ lab: message.lab })
      return
    case 'moment':
      setState({ moment: message.moment })
      return
    case 'vote':
      setState({ vote: message.vote, here: message.here })
      return
    case 'mine': {
      const { question, round, answer: counted } = message
      setState({ mine: { question, round, answer: counted }, sending: null })
      return
    }
    case 'pointed':
      setState({ pointed: message.node, spotlight: message.spotlight })
      return
    case 'details':
      setState({ details: message.details })
      return
    case 'client': {
      const { client, isOffered, error } = message
      setState({ client, isClientOffered: isOffered, clientError: error })
      return
    }
    case 'server': {
      const { server, isOffered, error } = message
      setState({ server, isServerOffered: isOffered, serverError: error })
      return
    }
    case 'programs':
      setState({ programsAt: message.at, myPrograms: message.mine })
  }
}

/** The page and its messages come from the same host: the kind of a message says its form. */
function messageOf(text: string): RoomMessage | undefined {
  const value: unknown = JSON.parse(text)
  return isMessage(value) ? value : undefined
}

function isMessage(value: unknown): value is RoomMessage {
  return typeof value === 'object' && value !== null && 'kind' in value
}
