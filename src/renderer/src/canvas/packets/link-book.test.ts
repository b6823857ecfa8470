import { expect, test } from 'vitest'
import { gentleCurve } from '../links/path'
import { LinkBook } from './link-book'

const path = [gentleCurve({ x: 0, y: 0 }, { x: 100, y: 40 })]
const NONE: ReadonlySet<number> = new Set()

test('a node keeps its number while its link is there', () => {
  const book = new LinkBook()
  const first = book.indexOf('client:1')
  book.replace([{ id: 'client:1', path }], NONE)
  expect(book.indexOf('client:1')).toBe(first)
  expect(book.indexOf('client:2')).not.toBe(first)
})

test('the number of a link that is gone is used again, once no packet refers to it', () => {
  const book = new LinkBook()
  book.replace([{ id: 'client:1', path }], NONE)
  const index = book.indexOf('client:1')
  book.replace([], new Set([index]))
  expect(book.indexOf('client:2')).not.toBe(index)
  book.replace([{ id: 'client:2', path }], NONE)
  expect(book.indexOf('client:3')).toBe(index)
})

test('bounds hold all placed links, and only those', () => {
  const book = new LinkBook()
  expect(book.bounds()).toBeNull()
  book.indexOf('client:9')
  expect(book.bounds()).toBeNull()
  book.replace([{ id: 'client:1', path }], NONE)
  expect(book.bounds()).toEqual({ left: 0, top: 0, right: 100, bottom: 40 })
})
