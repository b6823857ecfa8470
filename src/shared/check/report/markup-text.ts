// Text within HTML and XML: a program's output may be anything.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML allows these control characters only: the others become U+FFFD. */
const ALLOWED_CONTROLS = '\t\n\r'

export function markupText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) =>
      ALLOWED_CONTROLS.includes(character) ? character : '\uFFFD',
    )
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
