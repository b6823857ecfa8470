// A lesson's Markdown as elements: no HTML of the author's gets through. Pictures are named, and come with the lesson; a link
// is its text and its address, since the lab opens no other page.
import type { ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { useLesson } from '../lab/lesson'
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
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard.
    <pre tabIndex={0}>{children}</pre>
  ),
}

export function LessonText({ text }: { text: string }) {
  if (text === '') return null
  return (
    <div className="prose">
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={COMPONENTS}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  )
}
