// An id, or a name that ends in one: cut in its middle where the space ends, and whole as a tooltip.
import './id.css'

/** As many characters of the end always stay. */
const TAIL = 5
/** Shorter texts fit everywhere that they are shown. */
const FITS = 14

export function Id({ text }: { text: string }) {
  if (text.length <= FITS) return text
  const end = [...text].slice(-TAIL).join('')
  return (
    <span className="id" title={text} data-whole={text}>
      <span className="id-start">{text.slice(0, -end.length)}</span>
      <span>{end}</span>
    </span>
  )
}
