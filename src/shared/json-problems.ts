// The mistake in a text that is not JSON, in words for the person who wrote it.
import { type ParseErrorCode, printParseErrorCode } from 'jsonc-parser'

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that is not in quotes.',
  InvalidNumberFormat: 'a number that is none.',
  PropertyNameExpected: 'a name in quotes is missing; after the last field there is no comma.',
  ValueExpected: 'a value is missing; after the last one there is no comma.',
  ColonExpected: 'a colon is missing.',
  CommaExpected: 'a comma is missing.',
  CloseBraceExpected: 'a closing brace is missing: }.',
  CloseBracketExpected: 'a closing bracket is missing: ].',
  EndOfFileExpected: 'something follows after the end.',
  InvalidCommentToken: 'a comment: JSON has none.',
  UnexpectedEndOfComment: 'a comment: JSON has none.',
  UnexpectedEndOfString: 'the text has no closing quotes in its line.',
  UnexpectedEndOfNumber: 'a number that is none.',
  InvalidUnicode: '\\u needs four digits, as in \\u00e9.',
  InvalidEscapeCharacter: 'a backslash that means nothing: write two for one.',
  InvalidCharacter: 'a character that has to be written otherwise, such as \\t for a tab.',
}

/** The end of a sentence that begins with the place of the mistake. */
export function syntaxProblemWords(code: ParseErrorCode): string {
  return WORDS[printParseErrorCode(code)] ?? 'this is not JSON.'
}
