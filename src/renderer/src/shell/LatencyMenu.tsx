// The settings of the links: how long each holds a packet before it writes its bytes to the socket, and the others.
import { Timer } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { formatDuration } from '../../../shared/format'
import { given } from '../../../shared/settings/derive'
import { LINK_SETTINGS } from '../../../shared/settings/link'
import { run } from '../actions/actions'
import { LiveSettings } from '../forms'
import { execute, useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { Tip } from '../ui/Tip'

const { latencyMs: _latency, ...OTHERS } = LINK_SETTINGS

export const LATENCIES_MS = [0, 100, 300, 600, 1500]

export function LatencyMenu() {
  const links = useLab(useShallow(({ state }) => given(LINK_SETTINGS, state)))
  const { latencyMs = LINK_SETTINGS.latencyMs.default } = links
  const refusal = useRefusal('updateLinks')
  const [open, setOpen] = useState(false)

  async function choose(newLatencyMs: number) {
    const result = await run({ type: 'updateLinks', latencyMs: newLatencyMs })
    if (result.ok) setOpen(false)
  }

  return (
    <Popover.Root open={open} onOpenChange={(opening) => setOpen(opening && refusal === undefined)}>
      <Tip text={refusal?.tip ?? 'How long a packet spends on a link, at 1×'}>
        <Popover.Trigger className="button quiet latency" aria-disabled={refusal !== undefined}>
          <Timer size={15} aria-hidden="true" />
          <span className="visually-hidden">Link latency: </span>
          {formatDuration(latencyMs)}
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          className="popover latency-menu"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Link latency"
        >
          <h2>Time on a link</h2>
          {LATENCIES_MS.map((choiceMs) => (
            <button
              key={choiceMs}
              type="button"
              className="latency-choice"
              aria-pressed={choiceMs === latencyMs}
              onClick={() => void choose(choiceMs)}
            >
              {formatDuration(choiceMs)}
              {choiceMs === 0 && <small>as fast as the sockets</small>}
            </button>
          ))}
          <form
            className="latency-custom"
            onSubmit={(event) => {
              event.preventDefault()
              const value = Number(new FormData(event.currentTarget).get('latencyMs'))
              void choose(value)
            }}
          >
            <label>
              Custom, ms
              <input
                name="latencyMs"
                type="number"
                min={0}
                max={LINK_SETTINGS.latencyMs.max}
                step="any"
                required
                defaultValue={latencyMs}
              />
            </label>
            <button type="submit" className="button">
              Set
            </button>
          </form>
          <LiveSettings
            settings={OTHERS}
            values={links}
            change={(values) => execute({ type: 'updateLinks', ...values })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
