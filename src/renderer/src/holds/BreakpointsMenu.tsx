// The breakpoints and the packets that they hold, behind a button in the canvas's corner: breakpoints are added,
// switched off and removed here, and packets released.

import { OctagonPause } from 'lucide-react'
import { Popover } from 'radix-ui'
import { counted, formatCount } from '../../../shared/format'
import { useHeldQueues } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { Tip } from '../ui/Tip'
import { BreakpointForm } from './BreakpointForm'
import { BreakpointRow } from './BreakpointRow'
import './breakpoints.css'
import { HeldPacketList } from './HeldPacketList'

export function BreakpointsMenu() {
  const breakpoints = useLab(({ state }) => state.breakpoints)
  const queues = useHeldQueues()
  const refusal = useRefusal()?.sentence
  const held = queues.reduce((sum, { packets }) => sum + packets.length, 0)
  return (
    <Popover.Root>
      <div className="canvas-controls">
        <Tip text="Breakpoints and held packets">
          <Popover.Trigger
            className={held > 0 ? 'breakpoints-button is-holding' : 'breakpoints-button'}
            aria-label={`Breakpoints: ${formatCount(breakpoints.size)}, ${counted(held, 'packet')} held`}
          >
            <OctagonPause size={15} aria-hidden="true" />
            {(breakpoints.size > 0 || held > 0) && (
              <span
                className="figure"
                data-text={held > 0 ? `${formatCount(held)} held` : formatCount(breakpoints.size)}
              />
            )}
          </Popover.Trigger>
        </Tip>
      </div>
      <Popover.Portal>
        <Popover.Content
          className="popover breakpoints"
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Breakpoints"
        >
          <h2>Breakpoints</h2>
          {refusal !== undefined && (
            <p className="breakpoints-note">
              {refusal}
              {breakpoints.size === 0 && ' There was no breakpoint at this moment.'}
            </p>
          )}
          {breakpoints.size === 0 && refusal === undefined && (
            <p className="muted">
              A breakpoint stops each packet that it matches half way: its bytes are not delivered
              until you let it go. The quick way for the next one: click a link.
            </p>
          )}
          {breakpoints.size > 0 && (
            <ul className="breakpoints-list">
              {[...breakpoints.values()].map((one) => (
                <BreakpointRow key={one.id} breakpoint={one} readOnly={refusal !== undefined} />
              ))}
            </ul>
          )}
          {refusal === undefined && <BreakpointForm />}
          {held > 0 && (
            <HeldPacketList queues={queues} count={held} readOnly={refusal !== undefined} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
