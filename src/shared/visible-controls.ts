// Control characters in texts of other programs, made visible: a line break would tear a sentence apart, and U+202E would
// turn the rest of it around.

const CONTROLS = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

/** `a`, line break, `b` → `a\u000ab`. */
export function withVisibleControls(text: string): string {
  return text.replace(
    CONTROLS,
    (control) => `\\u${(control.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
