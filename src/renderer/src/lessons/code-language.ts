// Code that a lesson gives in two languages: one of them is shown. A part in one language is a paragraph that begins with
// **Python** or **Node**, and the blocks of code that follow it at once.
export const CODE_LANGUAGES = { Python: 'Python', Node: 'Node' } as const
type CodeLanguage = keyof typeof CODE_LANGUAGES

const PART = /^\*\*(Python|Node)\*\*[^\n]*(?:\n[^\n]+)*(?:\n+```[\s\S]*?\n```(?=\n|$))*\n*/gm

/** Whether a text has parts in both languages. */
export function isInBoth(text: string): boolean {
  return new Set([...text.matchAll(PART)].map(([, language]) => language)).size === 2
}

/** The text without the parts in the other language. */
export function inLanguage(text: string, language: CodeLanguage): string {
  return text.replaceAll(PART, (part, its) => (its === language ? part : ''))
}
