import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkScenario } from './scenario-file'

const NEWER_VERSION = 6

const server = { id: '100', policy: '111' }
const client = { id: '1', policy: '111', payload: 'xyz' }
const known = { name: 'Lesson 3', servers: [server], clients: [client] }
const newer = (fields: object) => ({
  format: 'roundabout-scenario',
  version: NEWER_VERSION,
  ...known,
  ...fields,
})

/** The error of a file, behind the path of its place. */
function errorOf(value: unknown): string {
  const checked = checkScenario(value, 'file')
  return checked.ok ? 'fine' : `${checked.path.join('.')}: ${checked.error}`
}

describe('a scenario file of a newer version', () => {
  it('opens with what this version knows, and names what is left out', () => {
    const checked = checkScenario(
      newer({
        lessons: [{ kind: 'slow' }],
        latencyMs: 'none',
        servers: [
          { ...server, colour: 2, zone: 'a' },
          { address: '::1' },
          { ...server, id: '200', colour: 1 },
        ],
        pools: [{ policy: '111', algorithm: 'auction' }],
      }),
      'file',
    )
    expect(checked).toEqual({
      ok: true,
      scenario: {
        ...known,
        servers: [server, { ...server, id: '200' }],
        pools: [{ policy: '111' }],
      },
      notice: expect.stringMatching(/^This scenario was made by a newer Roundabout\. What this /),
    })
    const { notice = '' } = checked.ok ? checked : {}
    const names = [
      '“lessons”',
      '“latencyMs”',
      '“servers.colour”',
      '“servers.zone”',
      '1 of “servers”',
    ]
    for (const name of [...names, '“pools.algorithm”']) expect(notice).toContain(name)
  })

  it('opens without a notice where all is known', () => {
    expect(checkScenario(newer({}), 'file')).toEqual({ ok: true, scenario: known })
  })

  it.each([
    [newer({ servers: undefined }), /^servers: /],
    [newer({ servers: 7 }), /^servers: /],
    [
      newer({ clients: Array.from({ length: 1001 }, (_, id) => ({ ...client, id: `${id}` })) }),
      /: There are at most 1000 servers and clients/,
    ],
  ])('is refused where it lacks what every lab needs: %#', (value, words) => {
    expect(errorOf(value)).toMatch(words)
  })

  it('gets an answer, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (json, key) => {
        const values = [
          { [key]: json },
          { servers: json },
          { servers: [{ ...server, [key]: json }] },
        ]
        for (const value of values) expect(errorOf(newer(value))).toMatch(/./)
      }),
    )
  })
})
