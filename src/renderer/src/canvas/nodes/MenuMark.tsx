// Text on the canvas that a click opens the menu of algorithms at. It is small where the graph is: with the keyboard, the menu
// opens at the policy's box.
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProtocolId } from '../../../../shared/ids'
import { visibly } from '../../../../shared/visible-controls'

interface MenuMarkProps {
  policy: ProtocolId
  className: string
  children: ReactNode
}

export function MenuMark({ policy, className, children }: MenuMarkProps) {
  return (
    <span
      className={`menu-opener ${className}`}
      // Canvas.tsx looks for it.
      data-menu-of={policy}
      title={visibly`Change the algorithm of policy ${policy}`}
      aria-hidden="true"
    >
      {children}
      <ChevronDown size={12} />
    </span>
  )
}
