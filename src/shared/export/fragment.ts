// What every exported file is made of: lines that each say why, beside what they leave out.

export interface ConfigLine {
  readonly code: string
  readonly why: string
}

/** Lines of a file, and sentences about what the real program does otherwise than the lab. */
export interface Fragment {
  readonly lines: readonly ConfigLine[]
  readonly differs: readonly string[]
}

export const NOTHING: Fragment = { lines: [], differs: [] }

export function line(code: string, why: string): ConfigLine {
  return { code, why }
}

export function fragment(
  lines: readonly ConfigLine[],
  ...differs: readonly (string | false)[]
): Fragment {
  return { lines, differs: differs.filter((text) => text !== false) }
}

/** A feature without a counterpart. */
export function only(...differs: readonly (string | false)[]): Fragment {
  return fragment([], ...differs)
}

export function together(...parts: readonly Fragment[]): Fragment {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    differs: parts.flatMap(({ differs }) => differs),
  }
}

/** A longer line has its comment above it. */
const WIDEST = 60
const PAGE = 118

/** Lines under one another, their comments in one column or above them. */
export function written(lines: readonly ConfigLine[], indent: string, mark = '#'): string[] {
  const room = PAGE - indent.length - mark.length - 3
  const isShort = ({ code, why }: ConfigLine) =>
    code.length <= WIDEST && code.length + why.length <= room
  const column = Math.max(0, ...lines.filter(isShort).map(({ code }) => code.length))
  return lines.flatMap(({ code, why }) => {
    if (code.length <= WIDEST && column + why.length <= room) {
      return [`${indent}${code.padEnd(column)}  ${mark} ${why}`]
    }
    return [...commented(why, mark).map((text) => indent + text), indent + code]
  })
}

/** A text as comments, broken at spaces. */
export function commented(text: string, mark = '#', hanging = ''): string[] {
  const rows: string[] = []
  let row = ''
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`
    if (row !== '' && longer.length > PAGE) {
      rows.push(row)
      row = hanging + word
    } else row = longer
  }
  return [...rows, row].map((one) => `${mark} ${one}`)
}

/** A list as comments. */
export function listedAbove(sentences: readonly string[], mark = '#'): string[] {
  return sentences.flatMap((text) => commented(`- ${text}`, mark, '  '))
}
