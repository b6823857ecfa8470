// Reads YAML as a lesson has it: fields, lists and plain values, each with its line. What a lesson does not need is refused
// before it costs anything: deep nesting, aliases, fields whose names are no words.
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  Scalar,
} from 'yaml'
import type { JsonPath } from '../../../shared/json-path'
import { MAX_BLOCK_CHARS, MAX_BLOCK_FIELDS } from '../../../shared/lesson/lesson-limits'
import { MAX_NESTING } from '../../../shared/limits'

type Token = Parameters<Composer['next']>[0]

interface Place {
  /** The line of the field's name, or of the item of a list. */
  readonly line: number
  /** Where the text of a value begins, and whether its lines are those of the file. */
  readonly textLine: number
  readonly isLiteral: boolean
}

export class YamlText {
  /** Undefined: it is no YAML, or empty. */
  readonly value: unknown
  readonly mistakes: { readonly line: number; readonly problem: string }[] = []
  private readonly places = new Map<string, Place>()
  private readonly lines = new LineCounter()

  /** `firstLine`: the line of the file at which the text begins. Never throws. */
  constructor(
    text: string,
    private readonly firstLine: number,
  ) {
    if (text.length > MAX_BLOCK_CHARS) {
      const problem = `It has at most ${MAX_BLOCK_CHARS} characters.`
      this.mistakes.push({ line: firstLine, problem })
      return
    }
    const tokens = this.tokensOf(text)
    if (typeof tokens === 'string') {
      this.mistakes.push({ line: firstLine, problem: tokens })
      return
    }
    const composer = new Composer({ strict: true, uniqueKeys: true })
    const [first, second] = composer.compose(tokens, true, text.length)
    for (const { code, message, pos } of [...(first?.errors ?? []), ...(first?.warnings ?? [])]) {
      this.mistake(pos[0], yamlWords(code, message))
    }
    if (second !== undefined) this.mistake(second.range[0], 'A line “---” does not belong here.')
    if (this.mistakes.length === 0) this.value = this.valueOf(first?.contents ?? null, [])
    if (this.mistakes.length > 0) this.value = undefined
  }

  /** The line of a value or, of one that is missing, of what it should be in. */
  lineOf(path: JsonPath): number {
    return this.placeOf(path)?.line ?? this.firstLine
  }

  /** Returns the file's line for a line, counted from 1, of the text at this path. */
  lineInText(path: JsonPath, line: number): number {
    const place = this.placeOf(path)
    if (place === undefined) return this.firstLine
    return place.textLine + (place.isLiteral ? line - 1 : 0)
  }

  private placeOf(path: JsonPath): Place | undefined {
    for (let length = path.length; length > 0; length--) {
      const place = this.places.get(keyOf(path.slice(0, length)))
      if (place !== undefined) return place
    }
    return undefined
  }

  /** Or the problem: it is nested too deeply for those that recurse, or has more fields than are compared with each other. */
  private tokensOf(text: string): Token[] | string {
    this.lines.addNewLine(0)
    const parser = new Parser(this.lines.addNewLine)
    const tokens: Token[] = []
    let fields = 0
    for (const lexeme of new Lexer().lex(text)) {
      if (BEGINS_FIELD.test(lexeme) && ++fields > MAX_BLOCK_FIELDS) {
        return `It has at most ${MAX_BLOCK_FIELDS} fields and items of lists.`
      }
      for (const token of parser.next(lexeme)) tokens.push(token)
      if (parser.stack.length > MAX_NESTING) return 'It is nested too deeply.'
    }
    tokens.push(...parser.end())
    return tokens
  }

  private valueOf(node: Node | null, path: JsonPath): unknown {
    if (node === null) return null
    if (isAlias(node)) {
      this.mistake(node.range?.[0], 'A text cannot begin with “*”: put the text in quotes.')
      return null
    }
    if (isScalar(node)) return node.value
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const child = [...path, index]
        this.place(child, item as Node, (item as Node | null)?.range?.[0])
        return this.valueOf(item as Node | null, child)
      })
    }
    if (!isMap(node)) return null
    const entries = node.items.flatMap(({ key, value }): [string, unknown][] => {
      if (!isScalar(key) || key.value === null) {
        const offset = (key as Node | null)?.range?.[0] ?? node.range?.[0]
        this.mistake(offset, 'The name of a field is a word.')
        return []
      }
      const name = String(key.value)
      const child = [...path, name]
      this.place(child, value as Node | null, key.range?.[0])
      return [[name, this.valueOf(value as Node | null, child)]]
    })
    return Object.fromEntries(entries)
  }

  private place(path: JsonPath, node: Node | null, offset: number | undefined): void {
    const line = this.lineAt(offset)
    const isBlock =
      isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED)
    const textLine = this.lineAt(node?.range?.[0] ?? offset) + (isBlock ? 1 : 0)
    const isLiteral = isScalar(node) && node.type === Scalar.BLOCK_LITERAL
    this.places.set(keyOf(path), { line, textLine, isLiteral })
  }

  private mistake(offset: number | undefined, problem: string): void {
    this.mistakes.push({ line: this.lineAt(offset), problem })
  }

  private lineAt(offset = 0): number {
    return this.firstLine + Math.max(1, this.lines.linePos(offset).line) - 1
  }
}

/** What the lexer gives for each field and item. */
const BEGINS_FIELD = /^[:?,[{-]$/

const keyOf = (path: JsonPath) => JSON.stringify(path)

const WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'The line is indented otherwise than its neighbours.',
  BLOCK_AS_IMPLICIT_KEY:
    'A colon and a space within a text: put the whole text in quotes, or begin it on the next line after “|”.',
  DUPLICATE_KEY: 'The field occurs twice.',
  TAB_AS_INDENT: 'A tab indents the line: use spaces.',
  BAD_SCALAR_START: 'A text cannot begin with this character: put the text in quotes.',
  MULTILINE_IMPLICIT_KEY: 'A field is “name: value”; here the colon is missing.',
  TAG_RESOLVE_FAILED: 'A text cannot begin with “!”: put the text in quotes.',
}

function yamlWords(code: string, message: string): string {
  return WORDS[code] ?? `It is not YAML: ${message.replace(/\.?$/, '.')}`
}
