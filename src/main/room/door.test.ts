import { expect, it } from 'vitest'
import { JOINS_OF_ADDRESS, MAX_KNOWN_VIEWERS, MAX_ROOM_VIEWERS } from '../../shared/limits'
import { Door } from './door'
import type { ViewerSocket } from './viewer-socket'
import { type Viewer, Viewers } from './viewers'

const HOST = '192.168.0.1'

function doorOf() {
  const viewers = new Viewers()
  const clock = { ms: 0 }
  const refused: string[] = []
  const door = new Door({
    viewers,
    code: 'K7M4PQ',
    host: HOST,
    warn: () => {},
    now: () => clock.ms,
  })
  const join = (address: string) => {
    const message = { kind: 'join', code: 'K7M4PQ', name: 'Ana' } as const
    return door.admit(message, address, (about) => refused.push(about))
  }
  const comeBack = ({ token }: Viewer) =>
    door.admit({ kind: 'return', token }, '192.168.0.7', (about) => refused.push(about))
  return { viewers, clock, refused, join, comeBack }
}

const open = (viewer: Viewer | undefined) => viewer?.pages.add({} as ViewerSocket)

it('lets one machine join sixty times at once, then slowly, and keeps nobody else from it', () => {
  const { join, refused, clock } = doorOf()
  for (let count = 0; count < JOINS_OF_ADDRESS.burst; count++) join('192.168.0.7')
  expect(refused).toEqual([])
  expect(join('192.168.0.7')).toBeUndefined()
  expect(refused).toEqual(['full'])
  expect(join('192.168.0.8')).toBeDefined()
  clock.ms += 1_000
  expect(join('192.168.0.7')).toBeDefined()
  // On the instructor's own machine somebody may try out a class.
  for (let count = 0; count <= JOINS_OF_ADDRESS.burst; count++) expect(join(HOST)).toBeDefined()
})

it('forgets nobody for those who find no place', () => {
  const { join, refused, viewers, comeBack } = doorOf()
  const away = join(HOST) as Viewer
  for (let count = 0; count < MAX_ROOM_VIEWERS; count++) open(join(HOST))
  for (let count = 0; count < MAX_KNOWN_VIEWERS; count++) expect(join(HOST)).toBeUndefined()
  expect(viewers.withToken(away.token)).toBe(away)
  expect(refused).toHaveLength(MAX_KNOWN_VIEWERS)
  expect(comeBack(away)).toBeUndefined()
  expect(refused.at(-1)).toBe('full')
})

it('forgets one who has left, but none who has answered', () => {
  const { join, refused, viewers, comeBack } = doorOf()
  const [answered, left] = [join(HOST) as Viewer, join(HOST) as Viewer]
  answered.hasAnswered = true
  for (let count = 2; count < MAX_KNOWN_VIEWERS; count++) (join(HOST) as Viewer).hasAnswered = true
  expect(join(HOST)).toBeDefined()
  expect(viewers.withToken(left.token)).toBeUndefined()
  expect(comeBack(answered)).toBe(answered)
  expect(viewers.nameOf(answered.id)).toBe('Ana')
  for (const viewer of viewers.all()) viewer.hasAnswered = true
  expect(join(HOST)).toBeUndefined()
  expect(refused).toEqual(['full'])
})
