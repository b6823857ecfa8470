// A crowd unfolded, at its card: each of its clients, with what it has sent and received.
import { Popover } from 'radix-ui'
import { useMemo, useState } from 'react'
import { counted, formatCount } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import { crowdMembers } from '../../../shared/state/crowd'
import { trafficOf } from '../../../shared/traffic-words'
import { useLab } from '../lab/lab'
import { usePaced } from '../lab/paced'
import { Id } from '../ui/Id'
import { inSentence, nameOfNode } from '../ui/names'
import { returnFocusTo, WindowAnchor } from '../ui/WindowAnchor'
import './crowd.css'
import { useViewState } from './view-state'

interface CrowdPopoverProps {
  node: NodeId
  /** The node's card. */
  card: Element | null | undefined
}

export function CrowdPopover({ node: id, card }: CrowdPopoverProps) {
  const node = useLab(({ state }) => state.nodes.get(id))
  const packets = usePaced((state) => state.packets)
  const firstPacket = usePaced((state) => state.firstPacket)
  const [returnTo] = useState(() => document.activeElement)
  const [at] = useState(() => card?.getBoundingClientRect())
  const clients = node === undefined ? 0 : (trafficOf(node)?.clients ?? 0)
  const first = node?.protocolId ?? ''
  const members = useMemo(
    () => crowdMembers(packets, firstPacket, id, first, clients),
    [packets, firstPacket, id, first, clients],
  )
  if (node === undefined || at === undefined || clients < 2) return null
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && useViewState.getState().unfold(null)}>
      <Popover.Anchor asChild>
        <WindowAnchor at={at} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="popover crowd"
          aria-label={`Clients of the crowd of ${inSentence(nameOfNode(node))}`}
          sideOffset={6}
          collisionPadding={8}
          // The controls that open it also close it, by their own click.
          onInteractOutside={(event) => {
            const { target } = event
            if (target instanceof Element && target.closest('.client-crowd, .node-tools')) {
              event.preventDefault()
            }
          }}
          onCloseAutoFocus={returnFocusTo(returnTo)}
        >
          <h2>{counted(clients, 'client')} like this one</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it. */}
          <section className="crowd-members" tabIndex={0} aria-label="Clients">
            <table>
              <thead>
                <tr>
                  <th scope="col">Client</th>
                  <th scope="col">Sent</th>
                  <th scope="col">Answered</th>
                  <th scope="col">Errors</th>
                  <th scope="col" title="Packets on its link now">
                    In flight
                  </th>
                </tr>
              </thead>
              <tbody>
                {members.map((member) => (
                  <tr key={member.id}>
                    <th scope="row">
                      <Id text={member.id} />
                    </th>
                    <td>{formatCount(member.sent)}</td>
                    <td>{formatCount(member.answered)}</td>
                    <td className={member.errors > 0 ? 'is-error' : ''}>
                      {formatCount(member.errors)}
                    </td>
                    <td>{formatCount(member.inFlight)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="muted">
            Of the {counted(packets.end - Math.max(packets.first, firstPacket), 'packet')} in the
            list.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
