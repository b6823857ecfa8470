import { describe, expect, it } from 'vitest'
import { Queue } from './queue'

function queueOf(...items: string[]): Queue<string> {
  const queue = new Queue<string>()
  items.forEach((item, index) => {
    expect(queue.add(item)).toBe(index + 1)
  })
  return queue
}

describe('a queue', () => {
  it('serves the oldest first, one for each free slot', () => {
    const queue = queueOf('a', 'b', 'c')
    const served: string[] = []
    let slots = 2
    queue.serve((item) => {
      if (slots === 0) return 'nobody now'
      slots--
      served.push(item)
      return 'served'
    })
    expect(served).toEqual(['a', 'b'])
    expect([...queue]).toEqual(['c'])
  })

  it('lets those behind pass one that the free server cannot take', () => {
    const queue = queueOf('tried it', 'b', 'c')
    const asked: string[] = []
    queue.serve((item) => {
      asked.push(item)
      if (item === 'tried it') return 'not now'
      return item === 'b' ? 'served' : 'nobody now'
    })
    expect(asked).toEqual(['tried it', 'b', 'c'])
    expect([...queue]).toEqual(['tried it', 'c'])
  })

  it('loses one that leaves, and keeps the order of the others', () => {
    const queue = queueOf('a', 'b', 'c')
    expect(queue.remove('b')).toBe(true)
    expect(queue.remove('b')).toBe(false)
    expect([...queue]).toEqual(['a', 'c'])
    expect(queue.size).toBe(2)
    expect(queue.add('d')).toBe(3)
  })
})
