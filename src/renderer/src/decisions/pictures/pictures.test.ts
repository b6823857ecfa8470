import { describe, expect, it } from 'vitest'
import { addNginxPoints, POINTS_PER_UNIT } from '../../../../shared/balance/nginx-points'
import type { AlgorithmName, Reason } from '../../../../shared/decision/reason'
import { decisionOf, loadOf, smoothOf } from '../../../../shared/decision/testing'
import { POOL_SETTINGS } from '../../../../shared/settings/pool'
import type { Decision } from '../../../../shared/state/state'
import type { ServersState } from './picture'
import { circleOf, drawingOf, showsWeights } from './registry'
import { serversOf } from './testing'

/** A decision for `server` among 100, 300 and 500. */
function chose(server: string, reason: Extract<Reason, { by: AlgorithmName }>): Decision {
  return decisionOf({
    algorithm: reason.by,
    candidates: ['100', '300', '500'],
    server,
    reason,
    next: null,
  })
}

const SERVERS = serversOf({ '100': 5, '300': 1, '500': 1 })

function barsIn(decision: Decision, servers: ServersState = SERVERS) {
  const drawing = drawingOf(decision, servers)
  return drawing?.kind === 'bars' ? drawing : undefined
}

function stripIn(decision: Decision, servers: ServersState = SERVERS) {
  const drawing = drawingOf(decision, servers)
  return drawing?.kind === 'strip' ? drawing : undefined
}

describe('the pictures of the algorithms', () => {
  it('leave round-robin to its pointer, with exits of the same width', () => {
    expect(drawingOf(decisionOf(), SERVERS)).toBeUndefined()
    expect(showsWeights('round-robin')).toBe(false)
  })

  it('have exits as wide as weights for every algorithm that sees weights', () => {
    const names = POOL_SETTINGS.algorithm.options.map(({ value }) => value)
    const even = names.filter((name: AlgorithmName) => !showsWeights(name))
    expect(even).toEqual(['round-robin', 'least-time'])
  })

  it('show no picture where there was one server to choose from', () => {
    const reason: Reason = {
      by: 'least-connections',
      compared: [loadOf('100', 1)],
      tied: 1,
    }
    const alone = { ...chose('100', reason), candidates: ['100'] }
    expect(drawingOf(alone, SERVERS)).toBeUndefined()
  })

  it('compare loads as bars, relative to the largest', () => {
    const drawing = barsIn(
      chose('100', {
        by: 'least-connections',
        compared: [loadOf('100', 3, 5), loadOf('300', 2), loadOf('500', 1)],
        tied: 1,
      }),
    )
    expect(drawing?.best).toBe('least')
    expect(drawing?.bars).toEqual([
      { server: '100', words: '3 ÷ 5 = 0.6', length: 0.3, part: 'chosen' },
      { server: '300', words: '2', length: 1, part: 'drawn' },
      { server: '500', words: '1', length: 0.5, part: 'drawn' },
    ])
  })

  it('show the idle ones of HAProxy with nothing in their bars', () => {
    const drawing = barsIn(
      chose('300', {
        by: 'haproxy-least-connections',
        compared: [loadOf('100', 3, 5), loadOf('300', 0)],
        tied: 1,
      }),
    )
    expect(drawing?.bars.map(({ words, length }) => [words, length])).toEqual([
      ['4 ÷ 5 = 0.8', 1],
      ['idle', 0],
    ])
  })

  it('keep the chosen one and its nearest rivals among many, and count the others', () => {
    const compared = Array.from({ length: 9 }, (_, index) => {
      return { server: `${index}`, inFlight: 9 - index, weight: 1 }
    })
    const reason: Reason = { by: 'least-connections', compared, tied: 1 }
    const drawing = barsIn(chose('8', reason))
    expect(drawing?.bars.map(({ server }) => server)).toEqual(['5', '6', '7', '8'])
    expect(drawing?.left).toBe(5)
  })

  it('draw current weights below nought without a bar', () => {
    const drawing = barsIn(
      chose('300', {
        by: 'weighted-round-robin',
        compared: [smoothOf('100', -1, 5), smoothOf('300', 4, 1), smoothOf('500', 2, 1)],
        total: 7,
      }),
    )
    expect(drawing?.best).toBe('most')
    expect(drawing?.bars.map(({ length }) => length)).toEqual([0, 1, 0.5])
  })

  it('round the current weights of a slow start', () => {
    const drawing = barsIn(
      chose('100', {
        by: 'weighted-round-robin',
        compared: [smoothOf('100', 0.1494140625, 1), smoothOf('300', -0.1494140625, 1)],
        total: 0.298828125,
      }),
    )
    expect(drawing?.bars.map(({ words }) => words)).toEqual(['0.15', '-0.15'])
  })

  it('say of two choices that chance has drawn them, and who lost', () => {
    const drawing = barsIn(
      chose('500', {
        by: 'two-choices',
        drawn: [loadOf('300', 2), loadOf('500', 1)],
      }),
    )
    expect(drawing?.drawn).toBe(true)
    expect(drawing?.bars.map(({ server, part }) => [server, part])).toEqual([
      ['300', 'drawn'],
      ['500', 'chosen'],
    ])
  })

  it('fill the bar of a server that has no answer yet and is busy', () => {
    const drawing = barsIn(
      chose('500', {
        by: 'least-time',
        drawn: [
          { server: '300', inFlight: 1, costMs: 0 },
          { server: '500', inFlight: 1, costMs: 200 },
        ],
      }),
    )
    expect(drawing?.bars.map(({ words, length }) => [words, length])).toEqual([
      ['no answer yet, busy', 1],
      ['200 ms × 2', 1],
    ])
  })

  it('put the hash into a share as wide as the weight', () => {
    const reason: Reason = {
      by: 'hash',
      key: '1',
      hash: 12,
      total: 7,
      passed: [],
      turn: false,
    }
    const drawing = stripIn(chose('300', reason))
    expect(drawing?.words).toBe('number 5 from 0 to 6')
    expect(drawing?.at).toBeCloseTo(5.5 / 7)
    expect(drawing?.pieces.map(({ server, part }) => [server, part])).toEqual([
      ['100', 'other'],
      ['300', 'chosen'],
      ['500', 'other'],
    ])
    expect(drawing?.pieces[0]?.to).toBeCloseTo(5 / 7)
  })

  it('show no shares where the weights have changed since the decision', () => {
    const reason: Reason = { by: 'hash', key: '1', hash: 12, total: 7, passed: [], turn: false }
    expect(
      stripIn(chose('300', reason), serversOf({ '100': 1, '300': 1, '500': 1 })),
    ).toBeUndefined()
  })

  it('mark no place of a draw: which number within the share it was is unknown', () => {
    const reason: Reason = { by: 'random', drawn: 1, weight: 1, total: 7 }
    const drawing = stripIn(chose('300', reason))
    expect(drawing?.at).toBeUndefined()
    expect(drawing?.words).toBe('a chance of 1 in 7')
  })

  it('walk on HAProxy’s ring to the nearer point, also over the circle’s end', () => {
    const drawing = stripIn(
      chose('300', {
        by: 'haproxy-ring-hash',
        key: '1',
        hash: 10,
        before: { server: '300', point: 2 ** 32 - 10 },
        after: { server: '500', point: 110 },
      }),
    )
    expect(drawing?.pieces.map(({ part }) => part)).toEqual(['chosen', 'other'])
    expect(drawing?.to).toBe(0.12)
    expect(drawing?.at).toBeCloseTo(0.12 + (0.76 * 20) / 120)
  })

  it('show the wheel until the server is due again', () => {
    const by = 'haproxy-round-robin'
    const reason: Reason = { by, position: 20, due: 19, again: 22, weight: 80, total: 112 }
    const drawing = stripIn(chose('100', reason))
    expect(drawing?.pieces.map(({ server }) => server)).toEqual(['100', '', '100'])
    expect(drawing?.words).toBe('due again in 2 positions')
  })
})

describe('pictures of points and slots', () => {
  const even = serversOf({ '100': 1, '300': 1, '500': 1 })
  const points = [...even.rows.values()]
    .flatMap(({ server, address, listenPort }) => {
      const own: { server: string; point: number }[] = []
      addNginxPoints(address, listenPort, POINTS_PER_UNIT, (point) => own.push({ server, point }))
      return own
    })
    .sort((one, other) => one.point - other.point)

  /** The key's own point is one before the point at this index. */
  function walkTo(index: number): Decision {
    const { server = '', point = 0 } = points.at(index) ?? {}
    const hash = point - 1
    return chose(server, { by: 'ring-hash', key: '1', hash, point, passed: [], turn: false })
  }

  it('walk on nginx’s ring to the next point, beside the points before and after it', () => {
    const drawing = stripIn(walkTo(7), even)
    const servers = [6, 7, 8].map((index) => points[index]?.server)
    expect(drawing?.pieces.map(({ server }) => server)).toEqual(servers)
    expect(drawing?.pieces.map(({ part }) => part)).toEqual(['other', 'chosen', 'other'])
    expect(drawing?.to).toBeCloseTo(2 / 3)
    expect(drawing?.at).toBeGreaterThan(1 / 3)
    expect(drawing?.at).toBeLessThan(2 / 3)
  })

  it('have the last point before the first one', () => {
    const servers = stripIn(walkTo(0), even)?.pieces.map(({ server }) => server)
    expect(servers).toEqual([-1, 0, 1].map((index) => points.at(index)?.server))
  })

  it('strike out the servers that the walk passed', () => {
    const from = points.findIndex(({ server }, index) => server !== points[index + 1]?.server)
    const [passed, chosen] = [points[from], points[from + 1]]
    const drawing = stripIn(
      chose(chosen?.server ?? '', {
        by: 'ring-hash',
        key: '1',
        hash: (passed?.point ?? 0) - 1,
        point: chosen?.point ?? 0,
        passed: [passed?.server ?? ''],
        turn: false,
      }),
      even,
    )
    expect(drawing?.pieces.map(({ part }) => part).slice(1, 3)).toEqual(['passed', 'chosen'])
  })

  it('have all points on the circle, those of the chosen server apart', () => {
    const circle = circleOf(walkTo(7), even)
    expect(circle?.chosen).toHaveLength(POINTS_PER_UNIT)
    expect(circle?.others).toHaveLength(2 * POINTS_PER_UNIT)
    expect(circle?.to).toBe((points[7]?.point ?? 0) / 2 ** 32)
  })

  it('show nothing where the servers have other points now', () => {
    const decision = walkTo(7)
    const moved = serversOf({ '50': 1, '100': 1, '300': 1, '500': 1 })
    expect(drawingOf(decision, moved)).toBeUndefined()
    expect(circleOf(decision, moved)).toBeUndefined()
  })

  it('show no table of Maglev that gives the slot to somebody else', () => {
    const drawings = ['100', '300', '500'].map((server) =>
      drawingOf(chose(server, { by: 'maglev', key: '1', slot: 20, size: 251 }), SERVERS),
    )
    expect(drawings.filter(Boolean)).toHaveLength(1)
  })

  it('show the slots of full servers, and no table after another attempt', () => {
    const drawingWith = (why?: 'full' | 'tried') =>
      ['100', '300', '500'].flatMap((server) => {
        const decision = chose(server, { by: 'maglev', key: '1', slot: 20, size: 251 })
        const gone = ['100', '300', '500'].find((other) => other !== server) ?? ''
        const passedOver = why === undefined ? [] : [{ server: gone, why }]
        return stripIn({ ...decision, passedOver }, SERVERS) ?? []
      })
    expect(drawingWith('full')).toEqual(drawingWith())
    expect(drawingWith()).toHaveLength(1)
    expect(drawingWith('tried')).toEqual([])
  })
})
