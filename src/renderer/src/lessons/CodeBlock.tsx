// A block of code in a narrow column: a long line continues below, further in than where it began; of a long block, the first
// lines are shown until all are asked for.
import { ChevronDown, Copy } from 'lucide-react'
import { useState } from 'react'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'
import { Tip } from '../ui/Tip'

const STEP = 2
/** A block with more lines is folded to `FOLDED_LINES`. */
const MOST_LINES = 18
const FOLDED_LINES = 10

export function CodeBlock({ code }: { code: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const lines = code.trimEnd().split('\n')
  const isFolded = !isOpen && lines.length > MOST_LINES
  return (
    <div className="code-block">
      <pre>
        <code>
          {(isFolded ? lines.slice(0, FOLDED_LINES) : lines).map((line, index) => (
            // Lines have no ids: their order is the key.
            <span key={index} className="code-line" style={{ '--hang': `${indentOf(line)}ch` }}>
              {`${line}\n`}
            </span>
          ))}
        </code>
      </pre>
      {isFolded && (
        <button type="button" className="code-unfold" onClick={() => setIsOpen(true)}>
          <ChevronDown size={15} aria-hidden="true" />
          All {lines.length} lines
        </button>
      )}
      <Tip text="Copy the code">
        <button
          type="button"
          className="icon-button code-copy"
          aria-label="Copy the code"
          onClick={() => void copy(code)}
        >
          <Copy size={15} aria-hidden="true" />
        </button>
      </Tip>
    </div>
  )
}

async function copy(code: string): Promise<void> {
  const { notify } = useUi.getState()
  try {
    await navigator.clipboard.writeText(code)
    notify('info', 'The code is on the clipboard.')
  } catch (error) {
    notify('error', `The code was not copied: ${errorText(error)}`)
  }
}

/** How far the rest of a line is indented, in characters. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length + STEP
}
