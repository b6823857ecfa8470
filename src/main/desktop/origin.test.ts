import { describe, expect, it } from 'vitest'
import { isOwnBlob, isSameOrigin, isSamePage, shortAddress } from './origin'

it.each([
  ['app://roundabout/index.html', 'app://roundabout/index.html', true],
  ['app://roundabout/other.html#x', 'app://roundabout/index.html', true],
  ['http://127.0.0.1:5173/x', 'http://127.0.0.1:5173', true],
  ['http://127.0.0.1:5174/', 'http://127.0.0.1:5173', false],
  ['app://elsewhere/index.html', 'app://roundabout/index.html', false],
  ['https://roundabout/index.html', 'app://roundabout/index.html', false],
  ['file:///index.html', 'app://roundabout/index.html', false],
  ['about:blank', 'app://roundabout/index.html', false],
  ['', '', false],
])('isSameOrigin(%j, %j) is %j', (address, trusted, expected) => {
  expect(isSameOrigin(address, trusted)).toBe(expected)
})

it.each([
  ['app://roundabout/index.html#x', true],
  ['app://roundabout/index.html?x', true],
  ['app://roundabout/assets/index.js', false],
  ['app://elsewhere/index.html', false],
  ['blob:app://roundabout/index.html', false],
  ['about:blank', false],
  ['', false],
])('the page itself is at %j: %j', (address, expected) => {
  expect(isSamePage(address, 'app://roundabout/index.html')).toBe(expected)
})

describe('bytes that a page has made', () => {
  const page = 'app://roundabout/index.html'

  it.each([
    ['blob:app://roundabout/1b2c', true],
    ['blob:app://elsewhere/1b2c', false],
    ['blob:https://example.org/1b2c', false],
    ['app://roundabout/1b2c', false],
    ['blob:null/1b2c', false],
    ['data:text/plain,hello', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnBlob(address, page)).toBe(own)
  })
})

it.each([
  ['https://example.org/', 'https://example.org/'],
  ['https://example.org/secret', 'https://example.org/…'],
  ['http://user:secret@example.org:8080/?secret#secret', 'http://example.org:8080/…'],
  ['data:text/html,secret', 'data:…'],
  ['file:///secret', 'file:…'],
  ['secret', 'what is no address'],
])('%s is named in the log without what it says', (address, place) => {
  expect(shortAddress(address)).toBe(place)
})
