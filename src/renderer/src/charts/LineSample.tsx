// A piece of a chart's line for its legend: the pattern is seen beside the colour.
interface LineSampleProps {
  colour: string
  dash: readonly number[]
}

export function LineSample({ colour, dash }: LineSampleProps) {
  return (
    <svg className="line-sample" viewBox="0 0 12 8" aria-hidden="true">
      <path d="M0 4H12" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(' ')} />
    </svg>
  )
}
