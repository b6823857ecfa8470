import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyCompletion, completions, knownValues, searchWordAt } from './completions'
import { parseFilter } from './filter'

const KNOWN = {
  clients: ['1', '2', '12'],
  servers: ['100', '300'],
  policies: ['111', 'PP 1'],
  nodes: ['client 1', 'server 300', 'outside server 7'],
}

/** The labels offered at the `|` in the text. */
function offered(marked: string): string[] {
  const caret = marked.indexOf('|')
  return completions(marked.replace('|', ''), caret, KNOWN).map(({ label }) => label)
}

/** The text after the first completion, with a `|` at the caret. */
function completed(marked: string): string {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const [first] = completions(text, caret, KNOWN)
  if (!first) throw new Error(`Nothing is offered for “${marked}”.`)
  const after = applyCompletion(text, first)
  return `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`
}

it('offers keys where a term begins, also after a minus and in a group', () => {
  expect(offered('|').slice(0, 4)).toEqual(['type:', 'client:', 'server:', 'policy:'])
  expect(offered('ty|')).toEqual(['type:'])
  expect(offered('type:0 -pol|')).toEqual(['policy:'])
  expect(offered('(cl|')).toEqual(['client:'])
  expect(offered('PRIV|')).toEqual(['privPoliId:', 'privPolyId:'])
  expect(offered('hello|')).toEqual([])
})

it('offers the values that a key knows, and those of the lab', () => {
  expect(offered('type:|')).toEqual(['0', '1', '2', 'error'])
  expect(offered('client:1|')).toEqual(['1', '12'])
  expect(offered('client:1,|')).toEqual(['1', '2', '12'])
  expect(offered('node:|')).toEqual(['proxy', 'client 1', 'server 300', 'outside server 7'])
  expect(offered('to:300|')).toEqual(['server 300'])
  expect(offered('to:"server 3|')).toEqual(['server 300'])
  expect(offered('size:|')).toEqual([])
  expect(offered('nothing:|')).toEqual([])
})

it('puts what was chosen in place of what was begun', () => {
  expect(completed('ty|')).toBe('type:|')
  expect(completed('ty|:0')).toBe('type:|0')
  expect(completed('is:er| client:1')).toBe('is:error |client:1')
  expect(completed('(is:er|)')).toBe('(is:error|)')
  expect(completed('policy:P|')).toBe('policy:"PP 1" |')
  expect(completed('to:"server 3|')).toBe('to:"server 300" |')
})

it('offers only what makes a valid filter of its term', () => {
  const starts = fc.constantFrom('', 'type:0 ', '-', '(is:ok or ')
  const words = fc.constantFrom('type:', 'client:', 'server:', 'policy:', 'is:', 'hash:', 'node:')
  fc.assert(
    fc.property(starts, words, fc.nat(), (start, word, choice) => {
      const text = start + word
      const all = completions(text, text.length, KNOWN)
      const one = all[choice % all.length]
      if (!one) throw new Error(`Nothing is offered for “${text}”.`)
      const close = start.startsWith('(') ? ')' : ''
      expect(parseFilter(applyCompletion(text, one).text + close)).toMatchObject({ ok: true })
    }),
  )
})

it('tells the word that has no key yet, while it is written', () => {
  expect(searchWordAt('type:0 pol', 10)).toEqual({ from: 7, to: 10 })
  expect(searchWordAt('-pol is:ok', 3)).toEqual({ from: 1, to: 4 })
  expect(searchWordAt('type:0', 2)).toBeUndefined()
  expect(searchWordAt('type:0', 6)).toBeUndefined()
  expect(searchWordAt('"two wo', 7)).toBeUndefined()
  expect(searchWordAt('pol ', 4)).toBeUndefined()
})

it('takes any text and place', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.nat(30), (text, caret) => {
      for (const one of completions(text, Math.min(caret, text.length), KNOWN)) {
        expect(one.from).toBeLessThanOrEqual(one.to)
      }
    }),
  )
})

it('knows who is on the lab', () => {
  const node = { sent: 0, received: 0, errors: 0, served: 0, inFlight: 0, connections: 0 }
  const ids = ['proxy', 'client:1', 'server:100', 'outside:server:7', 'outside:unknown'] as const
  const roles = { 'client:1': 'client', proxy: 'proxy', 'outside:unknown': 'unknown' } as const
  const nodes = new Map(
    ids.map((id) => [
      id,
      { ...node, id, role: id in roles ? roles['client:1'] : 'server', origin: 'inside' } as const,
    ]),
  )
  expect(knownValues({ nodes, next: new Map([['111', null]]) })).toEqual({
    clients: ['1'],
    servers: ['100', '7'],
    policies: ['111'],
    nodes: ['client 1', 'server 100', 'outside server 7', 'unknown program'],
  })
})
