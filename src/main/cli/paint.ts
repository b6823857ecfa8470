// Colours of a terminal, and none where the output is not one or the person wants none (NO_COLOR).

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 } as const

export type Colouring = (colour: keyof typeof CODES, text: string) => string

export function paintFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Colouring {
  const { NO_COLOR: none = '', TERM: terminal } = environment
  if (!isTerminal || none !== '' || terminal === 'dumb') return (_colour, text) => text
  return (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m`
}
