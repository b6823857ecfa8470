// Least connections: what was compared, a bar for each server.
import { haproxyLoadOf, loadOf, rounded } from '../../../../shared/decision/compared'
import type { LoadView } from '../../../../shared/decision/reason'
import { barsOf, picture } from './picture'

export const loads = picture('least-connections', {
  weighted: true,
  draw: ({ compared }, { server }) => barsOf(compared.map(barValueOf), server, 'least'),
})

/** `2 ÷ 5 = 0.4`. */
export function barValueOf(view: LoadView) {
  const { server, inFlight, weight } = view
  const [, value] = loadOf(view)
  return { server, value, words: quotient(`${inFlight}`, weight, value) }
}

export const haproxyLoads = picture('haproxy-least-connections', {
  weighted: true,
  draw: ({ compared }, { server }) =>
    barsOf(
      compared.map((view) => {
        const [words, value] = haproxyLoadOf(view)
        const { inFlight, weight } = view
        const isIdle = inFlight === 0
        return {
          server: view.server,
          value,
          words: isIdle ? words : quotient(`${inFlight + 1}`, weight, value),
        }
      }),
      server,
      'least',
    ),
})

function quotient(above: string, weight: number, value: number): string {
  return weight === 1 ? above : `${above} ÷ ${weight} = ${rounded(value)}`
}
