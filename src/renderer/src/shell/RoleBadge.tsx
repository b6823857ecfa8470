// The role of this window, in the header: said to a viewer.
import { useLine } from '../line/line'
import './role-badge.css'

/** Says that this window is a viewer's. */
export function RoleBadge() {
  const role = useLine((line) => line.role)
  if (role === 'operator') return null
  return (
    <span className="role-badge" title="You see the lab and its past; an operator changes it.">
      Viewer
    </span>
  )
}
