import { describe, expect, it } from 'vitest'
import type { PassedOver } from '../../../shared/decision/reason'
import { availability, candidatesAmong, type Rules } from './available'

interface Server {
  id: string
  health: 'up' | 'down'
  isCircuitOpen: boolean
  drain: boolean
  backup: boolean
  maxConnections: number
  load: { inFlight: number }
}

type Word = 'down' | 'open' | 'drain' | 'backup' | 'full'

/** `a b:down c:backup,full`, in this order. */
function servers(text: string): Server[] {
  return text.split(' ').map((one) => {
    const [id = '', words = ''] = one.split(':')
    const is = (word: Word) => words.split(',').includes(word)
    return {
      id,
      health: is('down') ? 'down' : 'up',
      isCircuitOpen: is('open'),
      drain: is('drain'),
      backup: is('backup'),
      maxConnections: 2,
      load: { inFlight: is('full') ? 2 : 1 },
    }
  })
}

const OURS: Rules<Server> = {
  backups: 'nginx',
  panicPercent: 0,
  unhealthy: ({ health }) => (health === 'down' ? 'down' : undefined),
  isCircuitOpen: ({ isCircuitOpen }) => isCircuitOpen,
  lastResort: true,
}
const NGINX = { ...OURS, lastResort: false }
const HAPROXY = { ...NGINX, backups: 'haproxy' } as const

function given(text: string, rules: Rules<Server>, tried: readonly string[] = [], more = {}) {
  const candidates = candidatesAmong(servers(text), rules, 0)
  const { available, passedOver } = availability(candidates, { tried, ...more })
  const words = passedOver.map(({ server, why }: PassedOver) => `${server} ${why}`)
  return [available.map(({ id }) => id).join(' '), words.join(', ')]
}

describe('a server can be chosen', () => {
  it.each([
    ['that is up', 'a b', [], 'a b', ''],
    ['that is up, not one that is down', 'a:down b', [], 'b', 'a down'],
    ['that was not tried', 'a b', ['a'], 'b', 'a tried'],
    ['that does not drain', 'a:drain b', [], 'b', 'a draining'],
    ['that is below its limit', 'a:full b', [], 'b', 'a full'],
    ['that is no backup', 'a b:backup', [], 'a', 'b backup'],
    ['that is down, where all are', 'a:down b:down', [], 'a b', ''],
    ['that is down, where the others were tried', 'a b:down c:down', ['a'], 'b c', 'a tried'],
    ['that is a backup, where the others are down', 'a:down b:backup', [], 'b', 'a down'],
    ['that is down, not one at its limit', 'a:down,full b:down', [], 'b', 'a down'],
    ['that is a backup and down, at last', 'a:drain b:down,backup', [], 'b', 'a draining'],
  ] as const)('%s', (_, text, tried, available, passedOver) => {
    expect(given(text, OURS, tried)).toEqual([available, passedOver])
  })

  it.each([
    ['all were tried', 'a b:down', ['a', 'b'], 'a tried, b tried'],
    ['all drain', 'a:drain b:drain,down', [], 'a draining, b draining'],
    ['all are full', 'a:full b:full', [], 'a full, b full'],
    ['those that are up are full', 'a:full b:down', [], 'a full, b down'],
  ] as const)('or none, where %s', (_, text, tried, passedOver) => {
    expect(given(text, OURS, tried)).toEqual(['', passedOver])
  })

  it('or none, where all are down and health decides', () => {
    expect(given('a:down b:down', NGINX)).toEqual(['', 'a down, b down'])
  })

  it('of those that are at their limit, too, where this is asked for', () => {
    expect(given('a:full b:full,down', NGINX, [], { full: 'available' })).toEqual(['a', 'b down'])
  })
})

describe('in a panic', () => {
  const PANIC = { ...NGINX, panicPercent: 100 }

  it('health is ignored, and nothing else', () => {
    expect(given('a:down b', PANIC)).toEqual(['a b', ''])
    expect(given('a:down,open b c:down,drain d:down,full', PANIC)).toEqual([
      'b',
      'a circuitOpen, c draining, d full',
    ])
  })

  it('servers that drain are not counted, and an open breaker is no lack of health', () => {
    expect(given('a b:down,drain', PANIC)).toEqual(['a', 'b draining'])
    expect(given('a b:open', PANIC)).toEqual(['a', 'b circuitOpen'])
  })

  it('begins below the threshold only', () => {
    const half = { ...PANIC, panicPercent: 50 }
    expect(given('a b:down', half)).toEqual(['a', 'b down'])
    expect(given('a b:down c:down', half)).toEqual(['a b c', ''])
  })
})

describe('backups', () => {
  const NO_OTHER = 'a:down b:drain c:backup d:backup'

  it('share in nginx’s way, whatever the cause is', () => {
    expect(given(NO_OTHER, NGINX)).toEqual(['c d', 'a down, b draining'])
    expect(given('a:full b c:backup', NGINX, ['b'])).toEqual(['c', 'a full, b tried'])
  })

  it('come in one after the other in HAProxy’s way, and only where the others are down or drain', () => {
    expect(given(NO_OTHER, HAPROXY)).toEqual(['c', 'a down, b draining, d backup'])
    expect(given('a:down c:backup,down d:backup', HAPROXY)).toEqual(['d', 'a down, c down'])
    expect(given('a:full c:backup', HAPROXY)).toEqual(['', 'a full, c backup'])
    expect(given('a c:backup', HAPROXY, ['a'])).toEqual(['', 'a tried, c backup'])
  })

  it('wait in HAProxy’s way for the first one that is up, where it is full', () => {
    expect(given('a:down c:backup,full d:backup', HAPROXY)).toEqual([
      '',
      'a down, c full, d backup',
    ])
  })
})

describe('a panic', () => {
  const panicOf = (text: string) => {
    const rules = { ...NGINX, panicPercent: 80 }
    return availability(candidatesAmong(servers(text), rules, 0), { tried: [] }).panic
  }

  it('counts servers without backups and without those that drain', () => {
    expect(panicOf('a b:down c:drain d:drain,down e:backup,down')).toEqual({ healthy: 1, of: 2 })
    expect(panicOf('a b c c:down')).toBeUndefined()
  })
})

it('a full server is passed over with what it has, and with its limit now', () => {
  const [one, other] = servers('a:full b')
  const lowered = [{ ...one, maxConnections: 1 }, other] as Server[]
  expect(availability(candidatesAmong(lowered, NGINX, 0), { tried: [] }).passedOver).toEqual([
    { server: 'a', why: 'full', inFlight: 2, limit: 1 },
  ])
})
