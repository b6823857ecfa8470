// A lesson's Markdown as elements: no HTML of the author's gets through. Pictures are named, and come with the lesson; a link
// is its text and its address, since the lab opens no other page.
import type { ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { useUi } from '../choices/ui'
import { useLesson } from '../lab/lesson'
import { SegmentedControl } from '../ui/SegmentedControl'
import { CodeBlock } from './CodeBlock'
import { CODE_LANGUAGES, inLanguage, isInBoth } from './code-language'
import './prose.css'

const NO_PICTURES = {}

function Picture({ src, alt = '' }: { src?: unknown; alt?: string | undefined }) {
  const pictures = useLesson(({ view }) => view?.pictures ?? NO_PICTURES)
  const name = typeof src === 'string' ? decoded(src) : ''
  const url: string | undefined = Object.hasOwn(pictures, name)
    ? Reflect.get(pictures, name)
    : undefined
  if (url === undefined)
    return (
      <em>
        [No picture {name}. {alt}]
      </em>
    )
  return <img src={url} alt={alt} />
}

/** Markdown escapes a space in an address. */
function decoded(src: string): string {
  try {
    return decodeURIComponent(src)
  } catch {
    return src
  }
}

function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const isShown = href === undefined || href === children || href.startsWith('#')
  return (
    <span className="prose-link">
      {children}
      {!isShown && <span className="prose-address"> ({href})</span>}
    </span>
  )
}

/** The step has its title above: headings within its text are smaller. */
const COMPONENTS: Components = {
  img: Picture,
  a: Link,
  h1: 'h3',
  h2: 'h3',
  h3: 'h4',
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard.
    <section className="prose-table" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ node, children }) => {
    const [code] = node?.children ?? []
    const [text] = code?.type === 'element' ? code.children : []
    return text?.type === 'text' ? <CodeBlock code={text.value} /> : <pre>{children}</pre>
  },
}

export function LessonText({ text }: { text: string }) {
  const language = useUi((ui) => ui.codeLanguage)
  if (text === '') return null
  const hasChoice = isInBoth(text)
  return (
    <div className="prose">
      {hasChoice && (
        <SegmentedControl
          legend="The language of the code"
          options={CODE_LANGUAGES}
          value={language}
          onChange={useUi.getState().setCodeLanguage}
        />
      )}
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={COMPONENTS}
        skipHtml
      >
        {hasChoice ? inLanguage(text, language) : text}
      </Markdown>
    </div>
  )
}
