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
import { MenuAt, type MenuPlace } from '../ui/MenuAt'
import './algorithm-menu.css'

interface AlgorithmMenuProps {
  policy: ProtocolId
  place: MenuPlace
  onClose(): void
}

export function AlgorithmMenu({ policy, place, onClose }: AlgorithmMenuProps) {
  const algorithm = useLab(({ state }) => poolIn(state, policy).algorithm)
  const refusal = useRefusal('updatePool')?.sentence
  return (
    <MenuAt
      place={place}
      name={visibly`Algorithm of policy ${policy}`}
      heading={refusal ?? visibly`Policy ${policy}: from the next message on`}
      className="algorithm-menu"
      onClose={onClose}
    >
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
    </MenuAt>
  )
}
