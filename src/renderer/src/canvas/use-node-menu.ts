// Which node's menu is open: by a secondary click or the menu key on a node, its link, or a mark of either.
import { type MouseEvent, useCallback, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { placeOf } from '../ui/MenuAt'
import { chooseOrSelect } from './choose-server'
import { nodeOfLink } from './flow'
import { machineOfGroup } from './groups'
import type { OpenNodeMenu } from './NodeMenu'

export function useNodeMenu() {
  const [open, setOpen] = useState<OpenNodeMenu>()
  const onContextMenu = useCallback((event: MouseEvent) => {
    const found = nodeAt(event.target)
    if (found === undefined) return
    event.preventDefault()
    const { node, element } = found
    if (machineOfGroup(node) !== undefined) return chooseOrSelect(node)
    useUi.getState().select({ kind: 'node', id: node })
    const { clientX, clientY } = event
    const isPlaced = clientX !== 0 || clientY !== 0
    const place = placeOf(element)
    const at = isPlaced ? new DOMRect(clientX, clientY) : place.at
    setOpen({ node, shows: 'all', place: { ...place, at } })
  }, [])
  const openMisbehaviours = useCallback((node: NodeId, button: Element) => {
    setOpen({ node, shows: 'misbehaviours', place: { ...placeOf(button), returnTo: button } })
  }, [])
  const close = useCallback(() => setOpen(undefined), [])
  return { open, onContextMenu, openMisbehaviours, close }
}

function nodeAt(target: EventTarget): { node: NodeId; element: Element } | undefined {
  const element =
    target instanceof Element
      ? target.closest('.react-flow__node, .react-flow__edge, [data-mark-of]')
      : null
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) return undefined
  const { id = '', markOf } = element.dataset
  const node = markOf ?? nodeOfLink(id) ?? id
  const isKnown = useLab.getState().state.nodes.has(node) || machineOfGroup(node) !== undefined
  return isKnown ? { node, element } : undefined
}
