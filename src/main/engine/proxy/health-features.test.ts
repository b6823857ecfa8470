import { describe, expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { HEALTH_FEATURES } from '../../../shared/settings/features/health'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { Effects } from './effects'
import { Membership } from './membership'
import type { Play } from './playbook.testing'
import { withServers } from './plays.testing'

const CHECKS = settled(HEALTH_FEATURES.checks.settings, { fall: 1, rise: 1 })

/** A play with these servers, which are checked. */
function withChecks(...servers: string[]): Play {
  const play = withServers(...servers)
  const settings = settled(POOL_SETTINGS, { checks: CHECKS })
  play
    .in({ type: 'poolConfigured', policy: '111', settings })
    .causes('report pool.changed', ...servers.map(() => 'start check'))
  return play
}

function ends(play: Play, check: number, passed: boolean) {
  return play.in({ type: 'checkEnded', check, passed, detail: 'so it was' })
}

describe('health checks', () => {
  it('come at an interval after the end of the one before, and change the row', () => {
    const play = withChecks('100', '300')
    play.timeUp('check').causes('check 100')
    ends(play, 1, true).causes('report check.ended', 'start check')
    play.timeUp('check').causes('check 300')
    ends(play, 2, false).causes('report check.ended', 'start check', 'report row.set', 'report log')
    expect(play.reports('row.set')[0]?.row).toMatchObject({ health: 'down', cause: 'checks' })
    play.timeUp('check').causes('check 100')
    play.timeUp('check').causes('check 300')
    ends(play, 4, true).causes('report check.ended', 'start check', 'report row.set', 'report log')
    expect(play.reports('row.set')[0]?.row).not.toHaveProperty('cause')
    play.leavesOpen('check')
  })

  it('are given up with their server, and with the feature', () => {
    const play = withChecks('100', '300')
    play.timeUp('check').causes('check 100')
    play
      .removes('100')
      .causes('report row.removed', 'report policy.next', 'give up check 1', 'report check.ended')
    ends(play, 1, true).causes()
    play.registers('500', '111').causes('report row.set', 'start check', 'registered on 1500')
    play
      .in({ type: 'poolConfigured', policy: '111', settings: settled(POOL_SETTINGS, {}) })
      .causes('report pool.changed', 'stop check', 'stop check')
  })

  it('are planned anew for other servers or settings, not for a server that fills', () => {
    const membership = new Membership(new Effects(), () => '')
    const calls: string[] = []
    membership.onChange = () => calls.push('pool')
    membership.onServersChange = () => calls.push('servers')
    const limited = { weight: 1, maxConnections: 1, backup: false, drain: false }
    membership.configureServer('100', 'server:100', limited)
    membership.register({
      id: '100',
      policy: '111',
      address: '127.0.0.1',
      port: 2105,
      node: 'server:100',
    })
    expect(calls).toEqual(['pool', 'servers'])
    const server = membership.get('100')
    if (server === undefined) throw new Error('It has not registered.')
    calls.length = 0
    membership.began(server)
    membership.ended(server, 0, 'answered')
    membership.began(server)
    membership.ended(server, 0, 'unreachable')
    expect(new Set(calls)).toEqual(new Set(['pool']))
    calls.length = 0
    membership.configurePool('111', settled(POOL_SETTINGS, { checks: CHECKS }))
    membership.remove(server)
    expect(calls).toEqual(['pool', 'servers', 'pool', 'servers'])
  })
})
