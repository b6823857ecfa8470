import { describe, expect, it } from 'vitest'
import { settled } from '../settings/derive'
import { POOL_SETTINGS } from '../settings/pool'
import { algorithmDiffers, IN_HAPROXY, IN_NGINX } from './counterparts'
import { EXPORT_TARGETS } from './export'
import { setupOfScenario } from './setup'
import { differs, fileOf, lineIn, scenario } from './testing'

const ALGORITHMS = POOL_SETTINGS.algorithm.options.map(({ value }) => value)

describe('each algorithm', () => {
  const UNEVEN = [{ weight: 5 }, {}, {}]
  const SAME: Readonly<Record<'haproxy' | 'nginx', readonly string[]>> = {
    haproxy: [
      'round-robin',
      'haproxy-round-robin',
      'haproxy-least-connections',
      'haproxy-ring-hash',
    ],
    nginx: [
      'round-robin',
      'weighted-round-robin',
      'least-connections',
      'random',
      'two-choices',
      'hash',
      'ring-hash',
    ],
  }
  const NONE = {
    haproxy: ['least-time', 'maglev'],
    nginx: ['least-time', 'maglev'],
    envoy: ['least-time', 'hash'],
    compose: ['least-time', 'maglev'],
  }

  it.each(EXPORT_TARGETS)('is in %s, or is said to have no counterpart there', (target) => {
    const none = ALGORITHMS.filter((algorithm) =>
      differs(target, scenario({ algorithm }, UNEVEN)).includes('has no counterpart'),
    )
    expect(none).toEqual(NONE[target])
  })

  it.each([
    ['haproxy', IN_HAPROXY],
    ['nginx', IN_NGINX],
  ] as const)('chooses in %s as in the lab, or it is said how it differs', (target, table) => {
    const [pool] = setupOfScenario(scenario({}, UNEVEN)).pools
    const same = ALGORITHMS.filter((algorithm) => {
      const settings = settled(POOL_SETTINGS, { algorithm })
      return (
        algorithmDiffers(
          { policy: '111', servers: pool?.servers ?? [], settings },
          table[algorithm],
          '',
        ).length === 0
      )
    })
    expect(same).toEqual(SAME[target])
    expect(ALGORITHMS.filter((algorithm) => table[algorithm].fit === 'same')).toEqual(same)
  })

  it('has its line in HAProxy', () => {
    const lines = ALGORITHMS.map((algorithm) =>
      lineIn(fileOf('haproxy', scenario({ algorithm })), 'balance'),
    )
    expect([...new Set(lines)]).toEqual([
      'balance roundrobin',
      'balance leastconn',
      'balance random(1)',
      'balance random(2)',
      'balance hash var(sess.key_srcid),concat()',
    ])
  })

  it('has its line in nginx', () => {
    const methods = ALGORITHMS.map((algorithm) => {
      const text = fileOf('nginx', scenario({ algorithm }))
      const upstream = text.slice(
        text.indexOf('upstream policy_111'),
        text.indexOf('upstream nobody'),
      )
      return lineIn(upstream, /^(least_conn|random|hash|server)/)
    })
    expect(methods.map((method) => (method.startsWith('server') ? 'turns' : method))).toEqual([
      'turns',
      'turns',
      'turns',
      'least_conn;',
      'least_conn;',
      'random;',
      'random two least_conn;',
      'least_conn;',
      'hash $key;',
      'hash $key consistent;',
      'hash $key consistent;',
      'hash $key consistent;',
    ])
  })
})

describe('weights', () => {
  it('are left out for round-robin, which does not see them', () => {
    const exported = scenario({}, [{ weight: 5 }])
    expect(lineIn(fileOf('haproxy', exported), 'server sa')).not.toContain('weight')
    expect(lineIn(fileOf('nginx', exported), 'server 127.0.0.1:9001')).not.toContain('weight')
  })

  it('grow for HAProxy’s draws, whose ring has points for each unit', () => {
    const text = fileOf('haproxy', scenario({ algorithm: 'random' }, [{ weight: 3 }, {}]))
    expect(lineIn(text, 'server sa')).toContain('weight 255')
    expect(lineIn(text, 'server sb')).toContain('weight 85')
  })
})
