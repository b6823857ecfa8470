// Every colour of the app. CSS reads them as variables (theme/apply.ts); drawing code reads them from here.
// tokens.test.ts measures their contrast on the panel.

export type Scheme = 'light' | 'dark'

interface Colours {
  canvas: string
  panel: string
  ink: string
  muted: string
  line: string
  /** Lines that carry meaning: the links, and the borders of fields. */
  outline: string
  /** Soft fill behind controls, code and selected rows. */
  fill: string
  accent: string
  /** Text on the accent colour. */
  accentInk: string
  packet0: string
  packet1: string
  packet2: string
  packetError: string
  /** Used in turn, in the order in which policies first appeared. */
  policies: readonly string[]
}

export const COLOURS: Record<Scheme, Colours> = {
  light: {
    canvas: '#fafbfc',
    panel: '#ffffff',
    ink: '#171b22',
    muted: '#5a6372',
    line: '#dfe3e9',
    outline: '#7f8997',
    fill: '#eef1f5',
    accent: '#2f5bea',
    accentInk: '#ffffff',
    packet0: '#2f6fed',
    packet1: '#b87900',
    packet2: '#0b8a6b',
    packetError: '#c93c20',
    policies: [
      '#7a4fd6',
      '#087799',
      '#b8327f',
      '#6a7014',
      '#9c5a1a',
      '#3b7f2a',
      '#52667a',
      '#b03a48',
    ],
  },
  dark: {
    canvas: '#11151b',
    panel: '#151a21',
    ink: '#e9edf3',
    muted: '#98a3b3',
    line: '#262d38',
    outline: '#667180',
    fill: '#1c222b',
    accent: '#7c9bff',
    accentInk: '#11151b',
    packet0: '#6ea3ff',
    packet1: '#f0b93a',
    packet2: '#3fd0a4',
    packetError: '#ff7a59',
    policies: [
      '#b79bff',
      '#5cc8ec',
      '#f58fc6',
      '#c8cf62',
      '#e3a86b',
      '#8ed17c',
      '#a9bccf',
      '#f28d96',
    ],
  },
}

/** The colours of a scheme as CSS custom properties, name → value. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const { policies, ...rest } = COLOURS[scheme]
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(rest)) variables[`--${kebab(name)}`] = value
  policies.forEach((value, index) => {
    variables[`--policy-${index + 1}`] = value
  })
  return variables
}

/** `packet0` → `packet-0`, `accentInk` → `accent-ink`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)
}
