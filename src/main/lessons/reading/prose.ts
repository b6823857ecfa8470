// Checks Markdown as it is shown to learners: no HTML, links to https only, pictures of the lesson's own folder.
import { fromMarkdown } from 'mdast-util-from-markdown'
import {
  MAX_PARAGRAPH_CHARS,
  MAX_PARAGRAPH_MARKS,
  MAX_STEP_LINES,
} from '../../../shared/lesson/lesson-limits'
import { MAX_NESTING } from '../../../shared/limits'

type Tree = ReturnType<typeof fromMarkdown>
type MarkdownNode = Tree | Tree['children'][number]

interface ProseMistake {
  /** Counted from 1, in the text. */
  readonly line: number
  readonly problem: string
  readonly isWarning?: boolean
}

interface ProseChecked {
  readonly mistakes: readonly ProseMistake[]
  /** The pictures that it shows. */
  readonly pictures: readonly { readonly name: string; readonly line: number }[]
}

/** Blocks of a lesson, which must begin at the margin. */
export const BLOCKS = ['setup', 'ask', 'task', 'explain', 'notes'] as const
export type BlockName = (typeof BLOCKS)[number]

export const isBlockName = (name: string): name is BlockName =>
  (BLOCKS as readonly string[]).includes(name)

/** More lists and quotes within one another are refused: reading them takes time that grows with the square. */
const MOST_MARKERS = 8
const MARKERS = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|\\d{1,9}[.)])){${MOST_MARKERS + 1},}`)

/** As Markdown has it: other spaces are text. */
const BLANK = /^[ \t]*$/
/** A paragraph before it ends there. */
const BEGINS_ITEM = /^ {0,3}[-+*][ \t]+[^ \t]/
const MARKS = /[*_~[\]<`]/g

/** Without any of these there is neither HTML, link, picture, heading nor block; other prose need not be parsed. */
const MAY_BE_WRONG = /[<[#]|```|~~~|http:|www\.|[-=][ \t]*$/im

/** Never throws. */
export function checkProse(text: string, mostLines = MAX_STEP_LINES): ProseChecked {
  const mistakes: ProseMistake[] = [...tooMuch(text, mostLines)]
  const pictures: { name: string; line: number }[] = []
  if (mistakes.length > 0 || !MAY_BE_WRONG.test(text)) return { mistakes, pictures }
  const lines = linesOf(text)
  const waiting: { node: MarkdownNode; depth: number }[] = [{ node: fromMarkdown(text), depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next
    const line = node.position?.start.line ?? 1
    const tell = (problem: string) => mistakes.push({ line, problem })
    if (depth > MAX_NESTING) {
      tell('Lists and quotes are nested too deeply.')
      break
    }
    switch (node.type) {
      case 'html':
        tell('HTML is not shown: write Markdown, and “\\<” for the character.')
        break
      case 'heading':
        if (!/^[\s>*+\-\d.)]*#/.test(lines[line - 1] ?? '')) {
          tell(
            'A line of “-” or “=” makes a heading of the text above it: leave a blank line between.',
          )
        } else if (node.depth === 1) {
          tell(
            'The lesson’s title is in its head; a step begins with “##”, a heading in it with “###”.',
          )
        } else if (node.depth === 2) tell('A step begins at the left margin.')
        break
      case 'code':
        if (isBlockName(node.lang ?? '')) {
          tell(`The block “${node.lang}” begins at the left margin, not within a list or a quote.`)
        }
        break
      case 'link':
        if (!/^https:\/\/[^/]/i.test(node.url)) {
          tell(
            `The link to “${node.url.slice(0, 80)}” is not shown: links go to https:// addresses.`,
          )
        }
        break
      case 'image':
        pictures.push({ name: decoded(node.url), line })
        if ((node.alt ?? '').trim() === '') {
          mistakes.push({
            line,
            problem: 'The picture has no words for those who cannot see it: ![what it shows](…).',
            isWarning: true,
          })
        }
        break
      case 'text': {
        const bare = /(?:^|[\s(*_~])((?:http:\/\/|www\.)[^\s]{1,60})/i.exec(node.value)?.[1]
        if (bare !== undefined) {
          tell(`“${bare}” would become a link: put it in backticks, or write it with https://.`)
        }
        break
      }
      case 'definition':
      case 'linkReference':
      case 'imageReference':
        tell('A link or picture has its address beside it: [words](https://…).')
        break
      default:
    }
    if ('children' in node) {
      for (const child of node.children) {
        waiting.push({ node: child as MarkdownNode, depth: depth + 1 })
      }
    }
  }
  return { mistakes, pictures }
}

/** What would take long to read. */
function tooMuch(text: string, mostLines: number): ProseMistake[] {
  const lines = linesOf(text)
  if (lines.length > mostLines) {
    return [{ line: 1, problem: `The text has at most ${mostLines} lines here.` }]
  }
  const mistakes: ProseMistake[] = []
  let [begins, length, marks] = [1, 0, 0]
  for (const [index, line] of lines.entries()) {
    const isBlank = BLANK.test(line)
    if (isBlank || BEGINS_ITEM.test(line)) [begins, length, marks] = [index + 1, 0, 0]
    if (isBlank) {
      begins++
      continue
    }
    const before = { length, marks }
    length += line.length + 1
    marks += line.match(MARKS)?.length ?? 0
    if (length > MAX_PARAGRAPH_CHARS && before.length <= MAX_PARAGRAPH_CHARS) {
      mistakes.push({
        line: begins,
        problem: `A paragraph has at most ${MAX_PARAGRAPH_CHARS} characters: leave a blank line in between.`,
      })
    }
    if (marks > MAX_PARAGRAPH_MARKS && before.marks <= MAX_PARAGRAPH_MARKS) {
      mistakes.push({
        line: begins,
        problem: `A paragraph has at most ${MAX_PARAGRAPH_MARKS} of the characters that have a meaning in Markdown (* _ ~ [ ] < and the backtick): leave a blank line in between.`,
      })
    }
    if (MARKERS.test(line)) {
      mistakes.push({ line: index + 1, problem: 'Lists and quotes are nested too deeply.' })
    }
  }
  return mistakes
}

/** Lines as Markdown has them. */
const linesOf = (text: string) => text.split(/\r\n|\n|\r/)

/** The name of a picture's file, as Markdown may write it: `my%20picture.png`. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
