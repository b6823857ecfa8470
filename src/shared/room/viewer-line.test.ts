import * as v from 'valibot'
import { expect, it } from 'vitest'
import { viewerMessage } from './viewer-line'

const sent = (payload: string) => v.parse(viewerMessage, { kind: 'send', payload })
const renamed = (name: string) => v.parse(viewerMessage, { kind: 'rename', name })

it('leaves a payload as it was typed, with the joiners of emoji and of scripts: its hash depends on them', () => {
  for (const payload of [
    '\u{1f469}\u200d\u{1f680}',
    '\u0645\u06cc\u200c\u0634\u0648\u062f',
    'Zo\u00eb',
  ]) {
    expect(sent(payload)).toEqual({ kind: 'send', payload })
  }
})

it('takes what nobody sees out of a name', () => {
  expect(renamed(' Ana\u202e\u0007\n Bo ')).toEqual({ kind: 'rename', name: 'Ana Bo' })
  expect(renamed('\u200d \u200c')).toEqual({ kind: 'rename', name: '' })
})
