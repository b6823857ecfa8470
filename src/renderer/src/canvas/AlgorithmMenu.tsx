// The menu of algorithms for a policy, at its ring or its box: a choice takes effect with the next message.
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { algorithmWay } from '../../../shared/decision/ways'
import type { ProtocolId } from '../../../shared/ids'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { poolIn } from '../../../shared/state/pool'
import { visibly } from '../../../shared/visible-controls'
import { changePool } from '../actions/pools'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { returnFocusTo, WindowAnchor } from '../ui/WindowAnchor'
import './algorithm-menu.css'

export interface OpenMenu {
  readonly policy: ProtocolId
  /** What it opens at, in pixels of the window. */
  readonly at: DOMRect
  /** Had the focus before. */
  readonly returnTo: Element | null
}

/** The menu at this element. */
export function menuAt(element: Element, policy: ProtocolId): OpenMenu {
  return { policy, at: element.getBoundingClientRect(), returnTo: document.activeElement }
}

export function AlgorithmMenu({ open, onClose }: { open: OpenMenu; onClose(): void }) {
  const { policy, at, returnTo } = open
  const algorithm = useLab(({ state }) => poolIn(state, policy).algorithm)
  const refusal = useRefusal()?.sentence
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger asChild>
        <WindowAnchor at={at} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu algorithm-menu"
          sideOffset={6}
          collisionPadding={8}
          aria-labelledby={undefined}
          aria-label={visibly`Algorithm of policy ${policy}`}
          onCloseAutoFocus={returnFocusTo(returnTo)}
        >
          <DropdownMenu.Label className="menu-label">
            {refusal ?? visibly`Policy ${policy}: from the next message on`}
          </DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={algorithm}>
            {POOL_SETTINGS.algorithm.options.map(({ value, label }) => (
              <DropdownMenu.RadioItem
                key={value}
                className="menu-item"
                value={value}
                textValue={label}
                disabled={refusal !== undefined}
                onSelect={() => void changePool(policy, { algorithm: value })}
              >
                <DropdownMenu.ItemIndicator className="menu-mark">
                  <Check size={16} aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
                <span>{label}</span> <small className="muted">{algorithmWay(value)?.brief}</small>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
