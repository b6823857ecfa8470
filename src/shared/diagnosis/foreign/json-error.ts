// Where does a text stop being JSON, and what was due there? Browsers and versions of Node word this differently, and
// some do not say the place.

/** What was due where the text stops being JSON. `escape` and `control`: within a string. */
export type Due = 'key' | 'colon' | 'value' | 'comma' | 'escape' | 'control'

export interface JsonError {
  /** The index of the first character that does not fit; the text's length if it ends too early. */
  at: number
  due: Due
  /** The bracket that would close the innermost object or array. */
  bracket: '}' | ']'
  /** Whether the value or key is due after a comma. */
  afterComma: boolean
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
const SPACE = /[ \t\r\n]*/y

/** Reads a text that starts with `{`; undefined if it is one JSON object, whatever follows it. */
export function firstJsonError(text: string): JsonError | undefined {
  const open: ('}' | ']')[] = []
  let at = 0
  let due: 'key' | 'firstKey' | 'value' | 'firstValue' | 'colon' | 'comma' = 'value'
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const error = (what: Due): JsonError => ({
    at,
    due: what,
    bracket: open.at(-1) ?? '}',
    afterComma: due === 'key' || due === 'value',
  })
  const readString = (): Due | undefined => {
    skip(STRING)
    const next = text[at]
    if (next === '"') {
      at++
      return undefined
    }
    return next === '\\' ? 'escape' : 'control'
  }
  for (;;) {
    skip(SPACE)
    const next = text[at]
    const closes = next !== undefined && next === open.at(-1)
    switch (due) {
      case 'firstKey':
      case 'key': {
        if (closes && due === 'firstKey') break
        if (next !== '"') return error('key')
        const broken = readString()
        if (broken) return error(broken)
        due = 'colon'
        continue
      }
      case 'colon':
        if (next !== ':') return error('colon')
        at++
        due = 'value'
        continue
      case 'firstValue':
      case 'value':
        if (closes && due === 'firstValue') break
        if (next === '{' || next === '[') {
          at++
          open.push(next === '{' ? '}' : ']')
          due = next === '{' ? 'firstKey' : 'firstValue'
          continue
        }
        if (next === '"') {
          const broken = readString()
          if (broken) return error(broken)
        } else if (!skip(LITERAL)) return error('value')
        due = 'comma'
        continue
      case 'comma':
        if (closes) break
        if (next !== ',') return error('comma')
        at++
        due = open.at(-1) === '}' ? 'key' : 'value'
        continue
    }
    at++
    open.pop()
    if (open.length === 0) return undefined
    due = 'comma'
  }
}
