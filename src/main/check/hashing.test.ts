import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { hashingOf, SHA1 } from './hashing'

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

it('recognises what a server makes of a payload', () => {
  expect(hashingOf('xyz', sha1('xyz'))).toBe(SHA1)
  const inCapitals = hashingOf('xyz', sha1('xyz').toUpperCase())
  expect(inCapitals?.words).toBe('writes its hash in capitals')
  expect(inCapitals?.of('abc')).toBe(sha1('abc').toUpperCase())
  const md5 = createHash('md5').update('xyz').digest('hex')
  expect(hashingOf('xyz', md5)?.hint).toContain('This is MD5')
  expect(hashingOf('xyz', sha1('"xyz"'))?.words).toContain('quotation marks')
  expect(hashingOf('xyz', 'xyz')?.words).toContain('not its hash')
  expect(hashingOf('xyz', sha1('something else'))).toBeUndefined()
})
