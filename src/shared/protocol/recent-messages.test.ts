import fc from 'fast-check'
import { expect, it } from 'vitest'
import { composeClientMessage } from './compose'
import { readMessage } from './message'
import { RecentMessages } from './recent-messages'
import { MessageScanner } from './scanner'

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const payload = fc.oneof(
  fc.constantFrom('xyz', 'xyy', 'größe', ''),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
)

it('finds a message only for the bytes that it was read from', () => {
  const recent = new RecentMessages()
  fc.assert(
    fc.property(payload, fc.nat(3), (payload, source) => {
      const bytes = composeClientMessage(`${source}`, '111', payload)
      const read = readMessage(JSON.parse(textOf(bytes)))
      const found = recent.find(bytes)
      if (!read.ok) throw new Error('It is a message.')
      if (found === undefined) recent.add(textOf(bytes), read.value)
      else expect(found).toEqual(read.value)
    }),
  )
})

it('finds a short message again that is ASCII, whatever array its bytes are in', () => {
  const recent = new RecentMessages()
  const find = (payload: string) => recent.find(composeClientMessage('1', '111', payload))
  const add = (payload: string) => {
    expect(find(payload)).toBeUndefined()
    const text = textOf(composeClientMessage('1', '111', payload))
    const read = readMessage(JSON.parse(text))
    if (read.ok) recent.add(text, read.value)
  }
  for (const payload of ['xyz', 'größe', 'x'.repeat(300)]) add(payload)
  expect(find('xyz')).toMatchObject({ payload: 'xyz' })
  expect(find('xyy')).toBeUndefined()
  expect(find('größe')).toBeUndefined()
  expect(find('x'.repeat(300))).toBeUndefined()
})

it('looks for no message for a while where hardly any is found again', () => {
  const recent = new RecentMessages()
  const read = (source: number) => {
    const bytes = composeClientMessage(`${source}`, '111', 'xyz')
    if (recent.find(bytes) !== undefined) return 'found'
    const message = readMessage(JSON.parse(textOf(bytes)))
    if (message.ok) recent.add(textOf(bytes), message.value)
    return 'read'
  }
  for (let source = 1; source <= 256; source++) expect(read(source)).toBe('read')
  let again = 0
  while (again < 100_000 && read(1_000) === 'read') again++
  expect(again).toBeGreaterThan(1_000)
  expect(again).toBeLessThan(100_000)
  expect(read(1_000)).toBe('found')
})

it('lets a scanner give the same message with each bytes of its own', () => {
  const scan = () => new MessageScanner().push(composeClientMessage('1', '111', 'once more'))[0]
  const [one, other] = [scan(), scan()]
  expect(other).toEqual(one)
  expect(other?.bytes).not.toBe(one?.bytes)
})
