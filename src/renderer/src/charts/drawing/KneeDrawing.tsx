// Utilisation against latency: a point for each second, and a line through the measured means.
import { formatLatency } from '../../../../shared/format'
import type { Knee } from '../knee'
import { linearTicks } from './axes'
import { Axes, type ChartSheet, px, roomOf } from './frame'

/** To half a pixel. */
const half = (at: number) => Math.round(2 * at) / 2

const USED_TICKS = [0, 0.25, 0.5, 0.75, 1]
const FEW_USED_TICKS = [0, 0.5, 1]

export function KneeDrawing({ shown, sheet }: { shown: Knee; sheet: ChartSheet }) {
  const { fontSize, paint } = sheet
  const { points, means } = shown
  const room = roomOf(sheet, 6)
  const most = Math.max(...points.map(({ ms }) => ms), 1) * 1.08
  const x = (utilisation: number) => room.left + (room.right - room.left) * utilisation
  const y = (ms: number) => room.bottom - ((room.bottom - room.top) * ms) / most
  const rows = Math.max(2, (room.bottom - room.top) / (fontSize * 2.6))
  const last = points.at(-1)
  const used = room.right - room.left < fontSize * 16 ? FEW_USED_TICKS : USED_TICKS
  return (
    <Axes
      sheet={sheet}
      room={room}
      x={used.map((tick) => ({ at: x(tick), label: `${100 * tick} %` }))}
      y={linearTicks(most, rows).map((ms) => ({ at: y(ms), label: formatLatency(ms) }))}
    >
      {/* One path for all, and one dot for those at one place: an hour has thousands of points. */}
      <path
        d={[
          ...new Set(
            points.map(({ utilisation, ms }) => `M${half(x(utilisation))} ${half(y(ms))}h0`),
          ),
        ].join('')}
        stroke={paint('var(--packet-0)')}
        strokeOpacity={points.length > 200 ? 0.35 : 0.65}
        strokeWidth={fontSize * 0.45}
        strokeLinecap="round"
        fill="none"
      />
      {means.length > 1 && (
        <path
          d={`M${means.map((mean) => `${px(x(mean.utilisation))} ${px(y(mean.ms))}`).join('L')}`}
          stroke={paint('var(--ink)')}
          strokeWidth={1.5}
          strokeLinejoin="round"
          fill="none"
        />
      )}
      {last && (
        <circle
          cx={px(x(last.utilisation))}
          cy={px(y(last.ms))}
          r={fontSize * 0.4}
          fill={paint('var(--panel)')}
          stroke={paint('var(--packet-error)')}
          strokeWidth={2}
        >
          <title>{`At ${last.time} s: ${Math.round(100 * last.utilisation)} %, ${formatLatency(last.ms)}`}</title>
        </circle>
      )}
    </Axes>
  )
}
