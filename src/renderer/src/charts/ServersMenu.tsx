// The menu in a chart of many servers: which of them have a line of their own.
import { Check, Dot, ListFilter } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useMemo } from 'react'
import type { State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'
import { usePaced } from '../lab/paced'
import { ButtonMenu } from '../ui/ButtonMenu'
import { MOST_LINES } from './chart-lines'
import { useChartChoice } from './choice'

const RULES = {
  farthest: 'The farthest from their due share',
  busiest: 'Those with the most messages',
} as const

const rowsOf = ({ rows }: State) => rows

export function ServersMenu() {
  const servers = useChartChoice((choice) => choice.servers)
  const rows = usePaced(rowsOf)
  const ids = useMemo(
    () => [...rows.keys()].sort((one, other) => one.localeCompare(other, 'en', { numeric: true })),
    [rows],
  )
  const chosen = typeof servers === 'string' ? [] : servers
  return (
    <ButtonMenu
      name="Choose the servers"
      icon={<ListFilter size={14} aria-hidden="true" />}
      heading="Servers with a line of their own, beside the selected one"
    >
      <DropdownMenu.RadioGroup value={typeof servers === 'string' ? servers : ''}>
        {(['farthest', 'busiest'] as const).map((rule) => (
          <DropdownMenu.RadioItem
            key={rule}
            className="menu-item"
            value={rule}
            onSelect={() => useChartChoice.setState({ servers: rule })}
          >
            <DropdownMenu.ItemIndicator className="menu-mark">
              <Dot size={22} aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
            {RULES[rule]}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">{`Or up to ${MOST_LINES} of these`}</DropdownMenu.Label>
      {ids.map((id) => {
        const isChosen = chosen.includes(id)
        return (
          <DropdownMenu.CheckboxItem
            key={id}
            className="menu-item"
            checked={isChosen}
            disabled={!isChosen && chosen.length >= MOST_LINES}
            onCheckedChange={(wanted) => {
              const next = wanted ? [...chosen, id] : chosen.filter((one) => one !== id)
              useChartChoice.setState({ servers: next.length === 0 ? 'farthest' : next })
            }}
            onSelect={(event) => event.preventDefault()}
          >
            <DropdownMenu.ItemIndicator className="menu-mark">
              <Check size={15} aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
            {`Server ${withVisibleControls(id)}`}
          </DropdownMenu.CheckboxItem>
        )
      })}
    </ButtonMenu>
  )
}
