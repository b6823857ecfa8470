// An id, or a name that ends in one: the id is cut in its middle if space is short, and the tooltip has the whole.
import { withVisibleControls } from '../../../shared/visible-controls'
import './id.css'
import { nameParts } from './names'

/** As many characters of the end always stay. */
const TAIL = 5
/** Shorter texts fit everywhere that they are shown. */
const FITS = 14

/** `before`: words in front of the id. */
export function Id({ text: raw, before = '' }: { text: string; before?: string }) {
  const text = withVisibleControls(raw)
  const whole = before + text
  // An element of its own, so that an id in another writing direction does not turn its neighbours around.
  if (whole.length <= FITS) {
    if (before === '') return <bdi>{text}</bdi>
    return (
      <bdi>
        <span className="id-word">{before.trimEnd()}</span> {text}
      </bdi>
    )
  }
  const end = [...text].slice(-TAIL).join('')
  return (
    <span className="id" title={whole} data-whole={whole}>
      {before !== '' && (
        <>
          <span className="id-before">{before.trimEnd()}</span>
          {/* Beside the span: whoever compares the text with the name trims each element's. */}{' '}
        </>
      )}
      <span className="id-start">{text.slice(0, -end.length)}</span>
      <span>{end}</span>
    </span>
  )
}

/** A node's name: `client 1`, `an unknown program`. */
export function Name({ text }: { text: string }) {
  const { words, id } = nameParts(text)
  if (id !== undefined) return <Id before={words} text={id} />
  return (
    <span className="name-without-id" title={text}>
      {text}
    </span>
  )
}
