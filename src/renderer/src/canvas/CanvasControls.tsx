// The buttons of the view. Each can be reached from the keyboard and has a name.
import { type LucideIcon, Maximize, Minus, Plus, WandSparkles } from 'lucide-react'
import { canvasActions } from '../actions/canvas-actions'
import { shortcutOf } from '../actions/shortcuts'
import { Tip } from '../ui/Tip'

type Control = 'zoomOut' | 'zoomIn' | 'fitView' | 'tidyUp'

const CONTROLS: readonly { name: string; Icon: LucideIcon; action: Control }[] = [
  { name: 'Zoom out', Icon: Minus, action: 'zoomOut' },
  { name: 'Zoom in', Icon: Plus, action: 'zoomIn' },
  { name: 'Fit view', Icon: Maximize, action: 'fitView' },
  { name: 'Tidy up', Icon: WandSparkles, action: 'tidyUp' },
]

export function CanvasControls() {
  return (
    <div className="canvas-controls" role="toolbar" aria-label="View">
      {CONTROLS.map(({ name, Icon, action }) => (
        <Tip key={action} text={name} shortcut={shortcutOf(action)}>
          <button type="button" aria-label={name} onClick={canvasActions[action]}>
            <Icon size={15} aria-hidden="true" />
          </button>
        </Tip>
      ))}
    </div>
  )
}
