// The height of a list's row in pixels: the same number for the style sheet (--row) and for virtual lists.
import { useUi } from '../choices/ui'

export function useRowHeight(): number {
  return useUi((ui) => ui.projector) ? 40 : 31
}
