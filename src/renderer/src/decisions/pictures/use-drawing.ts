// The drawing of a decision on the screen.
import { useMemo } from 'react'
import type { Decision } from '../../../../shared/state/state'
import { useTurns } from '../turns'
import type { Drawing } from './picture'
import { drawingOf } from './registry'

/** Drawn once for each decision, from the state that was first shown with it. */
export function useDrawingOf(decision: Decision | undefined): Drawing | undefined {
  return useMemo(() => decision && drawingOf(decision, useTurns.getState().state), [decision])
}
