import { describe, expect, it } from 'vitest'
import { Wire } from './wire'

describe('the record of an exchange', () => {
  it('of a program that prints without end keeps what crossed the wire, and the last line', () => {
    const wire = new Wire()
    const print = (lines: number) => {
      for (let line = 1; line <= lines; line++) {
        wire.note({ type: 'line', stream: 'stdout', text: `line ${line}` })
      }
    }
    print(10_000)
    wire.note({ type: 'listens', peer: 'server 100', port: 2101 })
    print(3)
    const texts = wire.events.map((event) => (event.type === 'line' ? event.text : event.type))
    expect(texts).toHaveLength(45)
    expect(texts.slice(38)).toEqual([
      'line 39',
      '… 9960 more lines …',
      'line 10000',
      'listens',
      'line 1',
      'line 2',
      'line 3',
    ])
  })
})
