// Markdown without its marks, where nothing shows it as Markdown: in a spreadsheet, on a printed page, on a phone.
import { fromMarkdown } from 'mdast-util-from-markdown'

type Tree = ReturnType<typeof fromMarkdown>
type MarkdownNode = Tree | Tree['children'][number]

/** Each paragraph and each item of a list is a line. HTML, which lessons do not show, is left out. */
export function plainText(markdown: string): string {
  return wordsOf(fromMarkdown(markdown)).trim()
}

function wordsOf(node: MarkdownNode): string {
  switch (node.type) {
    case 'text':
      return node.value.replace(/\s+/g, ' ')
    case 'inlineCode':
    case 'code':
      return node.value
    case 'image':
      return node.alt ?? ''
    case 'break':
      return ' '
    case 'root':
    case 'blockquote':
    case 'list':
    case 'listItem':
      return node.children.map(wordsOf).join('\n')
    default:
      return 'children' in node ? node.children.map((child) => wordsOf(child)).join('') : ''
  }
}
