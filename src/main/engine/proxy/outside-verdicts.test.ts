import { beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import { createManualClock } from '../clock/manual-clock'
import { scanWhole } from '../protocol/scan'
import { hashOf } from '../protocol/verdict'
import { Journal } from '../story/journal'
import { OutsideVerdicts } from './outside-verdicts'

const CLIENT = 'outside:client:50'

let verdicts: OutsideVerdicts
let story: string[]

beforeEach(() => {
  const journal = new Journal(createManualClock())
  verdicts = new OutsideVerdicts(journal)
  story = []
  journal.subscribe((event: LabEvent) => {
    if (event.type === 'answer.verified') story.push(`${event.exchange} ${event.verdict}`)
    if (event.type === 'exchange.finished') {
      const { exchange, client, outcome, reason } = event
      story.push(`${exchange} of ${client} ${outcome}${reason === null ? '' : ` ${reason}`}`)
    }
  })
})

function ask(exchange: number, bytes = composeClientMessage('50', '111', 'x')): void {
  for (const item of scanWhole(bytes)) verdicts.asked(exchange, CLIENT, item)
}

/** Server 7 answers with the hash of this payload; the client gets these bytes. */
function answer(exchange: number, payload: string, edited?: Uint8Array): void {
  const bytes = composeAnswer('7', '50', hashOf(payload))
  verdicts.answered(9, edited ?? bytes, {
    type: 'answer',
    client: 1,
    exchange,
    kind: 2,
    bytes,
    payload: hashOf(payload),
    server: '7',
    reason: null,
  })
}

describe('an outside program’s exchange', () => {
  it('is finished once, after the verdict on its answer', () => {
    ask(5)
    expect(verdicts.clientOf(5)).toBe(CLIENT)
    answer(5, 'x')
    answer(5, 'x')
    expect(story).toEqual(['5 correct', `5 of ${CLIENT} answered`])
    expect(verdicts.clientOf(5)).toBeUndefined()
  })

  it('has a verdict on the bytes that were written, not on those that the server sent', () => {
    ask(5)
    answer(5, 'x', composeAnswer('7', '50', hashOf('another')))
    ask(6)
    answer(6, 'another', composeAnswer('7', '50', hashOf('x')))
    expect(story.filter((line) => !line.includes('of'))).toEqual(['5 wrong', '6 correct'])
  })

  it('is lost with its question, its answer or its connection', () => {
    for (const exchange of [5, 6, 7]) ask(exchange)
    verdicts.lost(6, 'DROPPED_BY_HAND')
    verdicts.lost(6, 'DROPPED_BY_HAND')
    verdicts.allLost('CLIENT_LEFT')
    expect(story).toEqual([
      `6 of ${CLIENT} lost DROPPED_BY_HAND`,
      `5 of ${CLIENT} lost CLIENT_LEFT`,
      `7 of ${CLIENT} lost CLIENT_LEFT`,
    ])
  })

  it('begins with a question only: a fault or an inside client’s exchange is none of it', () => {
    ask(5, new TextEncoder().encode('garbage'))
    answer(5, 'x')
    answer(8, 'x')
    verdicts.allLost('CLIENT_LEFT')
    expect(story).toEqual([])
  })
})
