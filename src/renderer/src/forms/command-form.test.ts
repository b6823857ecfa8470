import { expect, test } from 'vitest'
import { parseCommand } from '../../../shared/commands'
import { formError, mistakesIn } from './command-form'

test('words that name a field stand beside it', () => {
  expect(formError('policy: A policy needs a name.', ['id', 'policy'])).toEqual({
    field: 'policy',
    text: 'A policy needs a name.',
  })
})

test('words that name no field of the form are about all of it', () => {
  const text = 'There is a server 100 already.'
  expect(formError(text, ['id', 'policy'])).toEqual({ field: null, text })
  expect(formError('payload: Too long.', ['id'])).toEqual({
    field: null,
    text: 'payload: Too long.',
  })
})

test('words about a setting inside a feature stand beside the feature, with the name of that one', () => {
  expect(formError('work.ms: It must be a number.', ['work'])).toEqual({
    field: 'work',
    text: 'ms: It must be a number.',
  })
})

test('every field that is wrong has its words, settings inside features too', () => {
  const command = {
    type: 'updateServer',
    node: 'server:100',
    id: ' ',
    weight: 'heavy',
    backup: true,
    work: { ms: -1, atOnce: 2, queue: 'long' },
    behaviour: { every: 0 },
  }
  const fields = ['id', 'weight', 'backup', 'work', 'behaviour']
  expect(mistakesIn(command, fields, '').map((one) => one.split(': ')[0])).toEqual([
    'id',
    'weight',
    'work.ms',
    'work.queue',
    'behaviour.every',
  ])
})

test('a server that begins to fail after it has recovered is refused, at the field', () => {
  const behaviour = { fromMs: 500, untilMs: 1 }
  const command = { type: 'updateServer', node: 'server:100', behaviour }
  const parsed = parseCommand(command)
  const words = parsed.ok ? '' : parsed.error
  expect(words).toBe(
    'behaviour.untilMs: It must be later than From, which is 500 ms: write more than 500, or 0 for never.',
  )
  expect(mistakesIn(command, ['behaviour'], words)).toEqual([words])
  expect(parseCommand({ ...command, behaviour: { fromMs: 500, untilMs: 0 } }).ok).toBe(true)
})
