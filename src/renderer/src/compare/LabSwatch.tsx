// A piece of a lab's line, with its colour and dashes: it marks words and figures of the lab.
import { CHART_DASHES } from '../../../shared/compare/charts'

export function LabSwatch({ lab }: { lab: number }) {
  return (
    <svg className="lab-swatch" viewBox="0 0 28 8" aria-hidden="true">
      <path data-lab={lab} strokeDasharray={CHART_DASHES[lab] ?? 'none'} d="M1 4H27" />
    </svg>
  )
}
