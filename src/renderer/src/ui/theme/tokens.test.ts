import { describe, expect, it } from 'vitest'
import { TEXT_SHARE } from './policy'
import { COLOURS, cssVariables, type Scheme } from './tokens'

/** WCAG 2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const [red = 0, green = 0, blue = 0] = channels
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

/** `share` percent of one colour, the rest of the other, as `color-mix(in srgb, …)` mixes them. */
function mixed(one: string, share: number, other: string): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return [1, 3, 5].reduce((hex, at) => {
    const value = (channel(one, at) * share + channel(other, at) * (100 - share)) / 100
    return hex + Math.round(value).toString(16).padStart(2, '0')
  }, '#')
}

describe.each<Scheme>(['light', 'dark'])('%s colours', (scheme) => {
  const colours = COLOURS[scheme]
  const { panel, canvas, fill, accent, accentInk, policies } = colours

  const forText: [string, string][] = [
    ['ink', colours.ink],
    ['muted', colours.muted],
    ['accent', accent],
    ...policies.map((colour, index): [string, string] => [`policy ${index + 1}`, colour]),
  ]
  it.each(forText)('%s is fit for text on the panel and the canvas', (_name, colour) => {
    expect(contrast(colour, panel)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour, canvas)).toBeGreaterThanOrEqual(4.5)
  })

  it('ink and muted text are legible on the soft fill, and button text on the accent', () => {
    expect(contrast(colours.ink, fill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.muted, fill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(accentInk, accent)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['packet0', 'packet1', 'packet2', 'packetError'] as const)(
    '%s is fit for shapes on the panel and the canvas',
    (name) => {
      expect(contrast(colours[name], panel)).toBeGreaterThanOrEqual(3)
      expect(contrast(colours[name], canvas)).toBeGreaterThanOrEqual(3)
    },
  )

  it('links and the borders of fields are fit for shapes, also in a policy’s box', () => {
    for (const ground of [panel, canvas, ...policies.map((colour) => mixed(colour, 7, canvas))]) {
      expect(contrast(colours.outline, ground)).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(policies.map((colour, index) => [index + 1, colour] as const))(
    'the text shade of policy %i is legible on a selected row, in its box and on its ring',
    (_number, colour) => {
      const text = mixed(colour, TEXT_SHARE, colours.ink)
      const grounds = [
        mixed(accent, 13, panel),
        mixed(colour, 7, canvas),
        mixed(colour, 20, panel),
        fill,
      ]
      for (const ground of grounds) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('the number of packets in flight is legible on its badge', () => {
    const text = mixed(accent, TEXT_SHARE, colours.ink)
    expect(contrast(text, mixed(accent, 14, panel))).toBeGreaterThanOrEqual(4.5)
  })

  it('has eight different policy colours', () => {
    expect(new Set(policies).size).toBe(8)
  })

  it('becomes CSS variables under the names that the style sheets use', () => {
    expect(cssVariables(scheme)).toMatchObject({
      '--panel': panel,
      '--accent-ink': accentInk,
      '--packet-0': colours.packet0,
      '--packet-error': colours.packetError,
      '--policy-8': policies[7],
    })
  })
})
