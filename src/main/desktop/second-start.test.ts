import { describe, expect, it } from 'vitest'
import { MAX_WAITING_FILES } from './files-from-system'
import { canBeSent, handOverOf, messageOf, readHandOver, secondStartText } from './second-start'

describe('what a second start hands over', () => {
  it('is a list of paths or nothing', () => {
    const paths = ['/a', '/Übung 3 – 日本 \n"🎉.roundabout']
    const message = messageOf({ files: paths, others: 3 })
    expect(message.text).toMatch(/^[!-~]+$/)
    expect(readHandOver(message)).toEqual({ files: paths, others: 3 })
    const wrong = ['', '{', 'null', '{"files":"/a","others":0}', '{"files":[1],"others":0}']
    for (const text of [...wrong, '{"files":[],"others":-1}', 1])
      expect(readHandOver({ text })).toEqual({ files: [], others: 0 })
    for (const data of [undefined, null, 'x', {}])
      expect(readHandOver(data)).toEqual({ files: [], others: 0 })
  })

  it('is as many as can wait, and how many others there are', () => {
    const paths = Array.from({ length: 300 }, (_, index) => `/x/${index}`)
    expect(handOverOf(paths)).toEqual({ files: paths.slice(0, MAX_WAITING_FILES), others: 290 })
    expect(handOverOf(['/a'])).toEqual({ files: ['/a'], others: 0 })
  })

  it('is never more than the one that runs can bear, with the command line that goes with it', () => {
    const send = (argv: string[], folder: string, files: string[] = []) =>
      canBeSent(argv, folder, messageOf(handOverOf(files)))
    expect(send(['roundabout', '/a.roundabout'], '/', ['/a.roundabout'])).toBe(true)
    const limit = 24 * 1024
    expect(send(['x'.repeat(limit - 100)], '/')).toBe(true)
    expect(send(['x'.repeat(limit)], '/')).toBe(false)
    expect(send(['é'.repeat(limit / 2)], '/')).toBe(false)
    expect(send([], 'x'.repeat(limit))).toBe(false)
    expect(send([], '/', ['é'.repeat(limit / 6)])).toBe(false)
    expect(send(Array(4_000).fill(''), '/')).toBe(false)
  })

  it('is reported in a sentence', () => {
    expect(secondStartText([])).toMatch(/^Roundabout is running already: .+ front\.$/)
    expect(secondStartText(['/x/a.roundabout', '/x/b.roundabout'])).toBe(
      'Roundabout is running already: its window opens a.roundabout, b.roundabout.',
    )
    const many = Array.from({ length: MAX_WAITING_FILES + 2 }, () => '/x/a')
    expect(secondStartText(many)).toMatch(/ It does not open 2 more\.$/)
  })
})
