// The syntax of the filter language: parses a text into a tree of terms, each with its range in the
// text, and prints a tree. compile.ts knows the keys and values.
//
//   any   := all ('or' all)*
//   all   := ('and'? term)+
//   term  := ('-' | 'not') term | '(' any ')' | key ':' value (',' value)* | text
//   value := a word, or "words in quotation marks"

/** A range in the text; `to` is exclusive. */
export interface TextRange {
  from: number
  to: number
}

export type FilterTree = TextRange &
  (
    | { kind: 'any'; parts: readonly FilterTree[] }
    | { kind: 'all'; parts: readonly FilterTree[] }
    | { kind: 'not'; part: FilterTree }
    | { kind: 'text'; text: string; quoted: boolean }
    /** `field`: the name after `field.`, if the key has that form. */
    | { kind: 'key'; key: string; field: string | undefined; values: readonly FilterValue[] }
  )

export interface FilterValue extends TextRange {
  text: string
  /** A value in quotation marks is never a comparison or a list. */
  quoted: boolean
}

/** A sentence about what is wrong, and the range that it is about. */
export class FilterError extends Error implements TextRange {
  constructor(
    sentence: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(sentence)
  }
}

/** Parses a filter. Throws a FilterError. Undefined for a text without a term. */
export function parseTree(text: string): FilterTree | undefined {
  return new Parser(text).whole()
}

const SPACE = /\s/
/** The name before a colon, at the beginning of a term. */
const KEY = /[a-z][\w-]*:/iy
const FIELD_KEY = /field\.(?:([\w-]+)|(?=["“]))/iy
const WORD_END = SPACE
const VALUE_END = /[\s,]/
const OPENING = /["“]/
const CLOSINGS = new Map([
  ['"', '"'],
  ['“', '”'],
])

class Parser {
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {}

  whole(): FilterTree | undefined {
    this.skipSpace()
    if (this.at === this.text.length) return undefined
    if (this.text[this.at] === ')') this.throwUnopened()
    const tree = this.any()
    if (this.at < this.text.length) this.throwUnopened()
    return tree
  }

  private throwUnopened(): never {
    throw new FilterError('There is no “(” before this “)”.', this.at, this.at + 1)
  }

  private any(): FilterTree {
    const parts = [this.all()]
    for (;;) {
      const word = this.wordAt('or')
      if (word === undefined) break
      this.at = word.to
      this.skipSpace()
      if (this.atEnd()) throw new FilterError('After “or” a term is missing.', word.from, word.to)
      parts.push(this.all())
    }
    return group('any', parts)
  }

  private all(): FilterTree {
    const parts: FilterTree[] = []
    while (!this.atEnd()) {
      const or = this.wordAt('or')
      if (or) {
        if (parts.length > 0) break
        throw new FilterError(
          'Before “or” a term is missing. To search for the word, write "or" in quotation marks.',
          or.from,
          or.to,
        )
      }
      const and = this.wordAt('and')
      if (and) {
        this.at = and.to
        this.skipSpace()
        if (parts.length === 0 || this.atEnd() || this.wordAt('or') || this.wordAt('and')) {
          throw new FilterError(
            '“and” stands between two terms. To search for the word, write "and" in quotation marks.',
            and.from,
            and.to,
          )
        }
      }
      parts.push(this.term())
      this.skipSpace()
    }
    return group('all', parts)
  }

  private term(): FilterTree {
    const from = this.at
    const not = this.text[from] === '-' ? { from, to: from + 1 } : this.wordAt('not')
    if (not) {
      this.at = not.to
      this.skipSpace()
      if (this.atEnd() || this.wordAt('or') || this.wordAt('and')) {
        const written = this.text.slice(not.from, not.to)
        throw new FilterError(`After “${written}” a term is missing.`, not.from, not.to)
      }
      const part = this.term()
      return { kind: 'not', part, from, to: part.to }
    }
    if (this.text[from] === '(') return this.group()
    return this.field() ?? this.key() ?? this.bareText()
  }

  private group(): FilterTree {
    const from = this.at++
    this.depth++
    this.skipSpace()
    if (this.text[this.at] === ')') {
      throw new FilterError('Between “(” and “)” a term is missing.', from, this.at + 1)
    }
    if (this.at === this.text.length) {
      throw new FilterError('After “(” a term is missing.', from, from + 1)
    }
    const inner = this.any()
    if (this.text[this.at] !== ')') {
      throw new FilterError('This “(” has no “)”.', from, from + 1)
    }
    this.at++
    this.depth--
    return { ...inner, from, to: this.at }
  }

  /** `field.name:value`, or `field."any name":value`. */
  private field(): FilterTree | undefined {
    const from = this.at
    const match = matchAt(FIELD_KEY, this.text, from)
    if (!match) return undefined
    this.at += match[0].length
    const name = match[1] ?? this.quotedText()
    if (this.text[this.at] !== ':') {
      throw new FilterError(
        `After “field.${name}” a colon and a value are missing: “field.${name}:1”.`,
        from,
        this.at,
      )
    }
    this.at++
    return this.keyed(from, 'field', name)
  }

  private key(): FilterTree | undefined {
    const from = this.at
    const match = matchAt(KEY, this.text, from)
    if (!match) return undefined
    this.at += match[0].length
    return this.keyed(from, match[0].slice(0, -1), undefined)
  }

  private keyed(from: number, key: string, field: string | undefined): FilterTree {
    const values = [this.value(from)]
    while (this.text[this.at] === ',') {
      this.at++
      values.push(this.value(from))
    }
    return { kind: 'key', key, field, values, from, to: this.at }
  }

  private value(termFrom: number): FilterValue {
    const from = this.at
    if (OPENING.test(this.text[from] ?? '')) {
      const text = this.quotedText()
      if (!this.atWordEnd(VALUE_END)) this.throwAfterQuote()
      return { text, quoted: true, from, to: this.at }
    }
    while (!this.atWordEnd(VALUE_END)) this.at++
    if (this.at > from) {
      return { text: this.text.slice(from, this.at), quoted: false, from, to: this.at }
    }
    const before = this.text.slice(termFrom, from)
    const rest = /^\s+([^\s,()"“:]+)(?=[\s,)]|$)/.exec(this.text.slice(from))?.[1]
    throw new FilterError(
      rest === undefined
        ? `After “${before}” a value is missing.`
        : `After “${before}” a value is missing. Without the space, “${before}${rest}” would do.`,
      termFrom,
      Math.max(this.at, from),
    )
  }

  private bareText(): FilterTree {
    const from = this.at
    if (OPENING.test(this.text[from] ?? '')) {
      const text = this.quotedText()
      if (!this.atWordEnd(WORD_END)) this.throwAfterQuote()
      if (text === '') {
        throw new FilterError('Between the quotation marks a text is missing.', from, this.at)
      }
      return { kind: 'text', text, quoted: true, from, to: this.at }
    }
    while (!this.atWordEnd(WORD_END)) this.at++
    const text = this.text.slice(from, this.at)
    return { kind: 'text', text, quoted: false, from, to: this.at }
  }

  /**
   * Reads the quoted text that begins here. \" and \\ stand for " and \; any other \ is literal.
   */
  private quotedText(): string {
    const from = this.at
    const closing = CLOSINGS.get(this.text[this.at++] ?? '')
    let text = ''
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? ''
      if (char === '"' || char === closing) {
        this.at++
        return text
      }
      const next = this.text[this.at + 1]
      const escaped = char === '\\' && (next === '"' || next === '\\')
      if (escaped) this.at++
      text += escaped ? next : char
    }
    throw new FilterError('This quotation mark has no second one.', from, this.text.length)
  }

  private throwAfterQuote(): never {
    throw new FilterError(
      'After the second quotation mark a space is missing. In a text, a quotation mark is written \\".',
      this.at,
      this.at + 1,
    )
  }

  /** Returns the range of this word if it stands here by itself. */
  private wordAt(word: string): TextRange | undefined {
    const to = this.at + word.length
    if (this.text.slice(this.at, to).toLowerCase() !== word) return undefined
    const next = this.text[to]
    const ends = next === undefined || SPACE.test(next) || next === '(' || next === ')'
    return ends ? { from: this.at, to } : undefined
  }

  private skipSpace(): void {
    while (this.at < this.text.length && SPACE.test(this.text[this.at] ?? '')) this.at++
  }

  /** The end of the text or of the current group. */
  private atEnd(): boolean {
    return this.at === this.text.length || this.text[this.at] === ')'
  }

  /** “)” ends a word only inside a group. */
  private atWordEnd(end: RegExp): boolean {
    const char = this.text[this.at]
    return char === undefined || end.test(char) || (char === ')' && this.depth > 0)
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function group(kind: 'any' | 'all', parts: readonly FilterTree[]): FilterTree {
  const [first] = parts
  const last = parts.at(-1)
  // Unreachable: `any` and `all` are called only where a term exists.
  if (first === undefined || last === undefined) throw new FilterError('A term is missing.', 0, 0)
  return parts.length === 1 ? first : { kind, parts, from: first.from, to: last.to }
}

/** Prints a tree; parsing the text gives the same tree. */
export function printTree(tree: FilterTree): string {
  switch (tree.kind) {
    case 'any':
      return tree.parts
        .map((part) => (part.kind === 'any' ? `(${printTree(part)})` : printTree(part)))
        .join(' or ')
    case 'all':
      return tree.parts.map(printPart).join(' ')
    case 'not':
      return `-${printPart(tree.part)}`
    case 'text':
      return quoteText(tree.text)
    case 'key': {
      const key = tree.field === undefined ? tree.key : `field.${quoteField(tree.field)}`
      const values = tree.values.map(({ text, quoted }) => (quoted ? inQuotes(text) : text))
      return `${key}:${values.join(',')}`
    }
  }
}

function printPart(tree: FilterTree): string {
  return tree.kind === 'any' || tree.kind === 'all' ? `(${printTree(tree)})` : printTree(tree)
}

/** Writes a value as it follows a key, in quotation marks if it needs them. */
export function quoteValue(text: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(text) ? text : inQuotes(text)
}

function quoteText(text: string): string {
  return /^[\p{L}\p{N}_]+$/u.test(text) && !/^(and|or|not)$/i.test(text) ? text : inQuotes(text)
}

function quoteField(name: string): string {
  return /^[\w-]+$/.test(name) ? name : inQuotes(name)
}

function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
