// Control characters in texts of other programs, made visible: a line break would tear a sentence apart, and U+202E would
// turn the rest of it around.

const CONTROLS = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** `a`, line break, `b` → `a\nb`; the others as `\u202E`. */
export function withVisibleControls(text: string): string {
  return text.replace(CONTROLS, (control) => SHORT[control] ?? codeOf(control))
}

/** The tag of a sentence with ids in it, which may be any text of another program: `` visibly`Server ${id}` ``. */
export function visibly(
  words: TemplateStringsArray,
  ...values: readonly (string | number)[]
): string {
  return words.reduce(
    (sentence, next, index) => sentence + withVisibleControls(String(values[index - 1])) + next,
  )
}

function codeOf(control: string): string {
  return `\\u${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
