// A block of code in a narrow column: a long line continues below, further in than where it began.
const STEP = 2

export function CodeBlock({ code }: { code: string }) {
  return (
    <pre>
      <code>
        {code
          .trimEnd()
          .split('\n')
          .map((line, index) => (
            // Lines have no ids: their order is the key.
            <span key={index} className="code-line" style={{ '--hang': `${indentOf(line)}ch` }}>
              {`${line}\n`}
            </span>
          ))}
      </code>
    </pre>
  )
}

/** How far the rest of a line is indented, in characters. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length + STEP
}
