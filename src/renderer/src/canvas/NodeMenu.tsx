// The menu of a node, at the pointer: what its toolbar does, and how a server and a link are made to fail. The toolbar's own
// button opens the list of misbehaviours alone.
import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { isObject } from '../../../shared/feed/field'
import { machineOf, type NodeId, PROXY } from '../../../shared/ids'
import { FAULT_SETTINGS } from '../../../shared/settings/fault'
import { BEHAVIOUR } from '../../../shared/settings/features/behaviour'
import { OFF } from '../../../shared/settings/setting'
import { faultsOn } from '../../../shared/state/faults'
import type { NodeState } from '../../../shared/state/state'
import { removeNode, run } from '../actions/actions'
import { toggleTraffic } from '../actions/clients'
import { harmLink, showFaults } from '../actions/faults'
import { holdNext, useIsArmed } from '../actions/holding'
import { drainServer, makeFail, stopServer } from '../actions/servers'
import { shortcutOf } from '../actions/shortcuts'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { HarmIcon } from '../ui/HarmIcon'
import { MenuAt, type MenuPlace } from '../ui/MenuAt'
import { nameOfNode } from '../ui/names'
import { GroupItems } from './GroupItems'
import './node-menu.css'

export interface OpenNodeMenu {
  readonly node: NodeId
  readonly shows: 'all' | 'misbehaviours'
  readonly place: MenuPlace
}

interface NodeMenuProps {
  open: OpenNodeMenu
  onClose(): void
  onEdit: ((node: NodeId) => void) | undefined
}

export function NodeMenu({ open: { node: id, shows, place }, ...props }: NodeMenuProps) {
  const { onClose, onEdit } = props
  const node = useLab(({ state }) => state.nodes.get(id))
  const refusal = useRefusal()?.sentence
  if (node === undefined) return null
  const name = nameOfNode(node)
  return (
    <MenuAt
      place={place}
      name={shows === 'all' ? name : `Misbehaviour of ${name}`}
      heading={refusal ?? (shows === 'all' ? name : `${name}, from now on`)}
      className="node-menu"
      align="start"
      onClose={onClose}
    >
      {refusal === undefined &&
        (shows === 'all' ? <Items node={node} onEdit={onEdit} /> : <Kinds node={node} />)}
    </MenuAt>
  )
}

function Items({ node, onEdit }: { node: NodeState; onEdit: NodeMenuProps['onEdit'] }) {
  const { id, role, origin } = node
  const armed = useIsArmed(id)
  const isInside = origin === 'inside' && id !== PROXY
  const drains = node.drain === true
  const machine = machineOf(id)
  return (
    <>
      {isInside && role === 'client' && (
        <Item onSelect={() => void run({ type: 'sendMessage', client: id })}>Send its message</Item>
      )}
      {isInside && role === 'client' && isObject(node.traffic) && (
        <Item onSelect={() => void toggleTraffic(id)}>
          {node.sending ? 'Stop its traffic' : 'Start its traffic'}
        </Item>
      )}
      {isInside && role === 'server' && (
        <>
          <Item onSelect={() => void stopServer(id, !node.stopped)}>
            {node.stopped ? 'Start' : 'Stop'}
          </Item>
          <SubMenu label="Misbehaviour">
            <Kinds node={node} />
          </SubMenu>
        </>
      )}
      {role === 'server' && (
        <Item onSelect={() => void drainServer(id, !drains)}>
          {drains ? 'Take messages again' : 'Drain'}
        </Item>
      )}
      {(role === 'client' || role === 'server') && <Faults node={id} />}
      <Item shortcut={shortcutOf('holdNext')} onSelect={() => holdNext(id)}>
        {armed ? 'Do not hold the next packet' : 'Hold the next packet'}
      </Item>
      {onEdit && <Item onSelect={() => onEdit(id)}>Edit</Item>}
      {machine !== undefined && (
        <GroupItems machine={machine} name={node.group ?? machine} folded={false} />
      )}
      {id !== PROXY && (
        <Item shortcut={shortcutOf('removeSelected')} onSelect={() => void removeNode(id)}>
          Remove
        </Item>
      )}
    </>
  )
}

const KINDS = [
  { value: OFF, label: 'none: it answers as it should' },
  ...BEHAVIOUR.settings.kind.options,
] as const

/** The ways in which an inside server can fail, and none. */
function Kinds({ node: { id, behaviour } }: { node: NodeState }) {
  const kind = typeof behaviour === 'object' ? behaviour.kind : OFF
  return (
    <DropdownMenu.RadioGroup value={kind}>
      {KINDS.map(({ value, label }) => (
        <DropdownMenu.RadioItem
          key={value}
          className="menu-item"
          value={value}
          onSelect={() => void makeFail(id, behaviour, value)}
        >
          <DropdownMenu.ItemIndicator className="menu-mark">
            <Check size={16} aria-hidden="true" />
          </DropdownMenu.ItemIndicator>
          {label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

function Faults({ node }: { node: NodeId }) {
  const count = useLab(({ state }) => faultsOn(state.faults, node).length)
  return (
    <>
      <SubMenu label="Add a fault to its link">
        {FAULT_SETTINGS.fault.options.map(({ value, label }) => (
          <Item
            key={value}
            icon={<HarmIcon fault={value} />}
            onSelect={() => void harmLink(node, value)}
          >
            {label}
          </Item>
        ))}
      </SubMenu>
      {count > 0 && <Item onSelect={() => showFaults(node)}>Show the faults of its link</Item>}
    </>
  )
}

function SubMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item plain">
        {label}
        <ChevronRight size={14} aria-hidden="true" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu node-menu" collisionPadding={8}>
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}

interface ItemProps {
  shortcut?: string | undefined
  icon?: ReactNode
  onSelect(): void
  children: ReactNode
}

function Item({ shortcut, icon, onSelect, children }: ItemProps) {
  return (
    <DropdownMenu.Item className="menu-item plain" onSelect={onSelect}>
      {icon}
      <span>{children}</span>
      {shortcut && <kbd>{shortcut}</kbd>}
    </DropdownMenu.Item>
  )
}
