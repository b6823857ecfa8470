// The window's title: the scenario, and whether the window shows the past, a recording, or is a viewer's.
import { useEffect } from 'react'
import { useLab } from '../lab/lab'
import { useLine } from '../line/line'
import { type Past, usePast } from '../past/past'

const APP = 'Roundabout'

interface Shown {
  view: Past['view']
  /** The recording's name. */
  recording: string | undefined
  scenario: string | null
  isViewer: boolean
}

/** `Classic pool – Roundabout`, `Past: Lesson 3 – Roundabout`, `Recording: Tuesday – Roundabout`. */
export function windowTitle({ view, recording, scenario, isViewer }: Shown): string {
  const app = isViewer ? `${APP} (viewer)` : APP
  switch (view) {
    case 'now':
      return scenario === null ? app : `${scenario} – ${app}`
    case 'past':
      return scenario === null ? `Past – ${app}` : `Past: ${scenario} – ${app}`
    case 'recording':
      return `Recording: ${recording} – ${app}`
  }
}

/** Keeps the title up to date. */
export function useTitle(): void {
  const view = usePast((past) => past.view)
  const recording = usePast((past) => past.name)
  const scenario = useLab(({ live }) => live.scenario)
  const isViewer = useLine(({ role }) => role === 'viewer')
  useEffect(() => {
    document.title = windowTitle({ view, recording, scenario, isViewer })
  }, [view, recording, scenario, isViewer])
}
