// A block of code in a narrow column: a long line goes on below, further in than where it began.
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

/** Of what a line goes on with, in characters. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length + STEP
}
