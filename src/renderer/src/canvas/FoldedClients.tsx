// Stands for the outside clients that have left and have no card any more, and takes them off the graph.
import { Unplug } from 'lucide-react'
import { counted } from '../../../shared/format'
import { clearLeftClients } from '../actions/actions'
import { useRefusal } from '../past/past'

export function FoldedClients({ count }: { count: number }) {
  const refusal = useRefusal()
  if (count === 0) return null
  return (
    <p className="folded-clients">
      <Unplug size={15} aria-hidden="true" />
      {counted(count, 'client has', 'clients have')} left
      {refusal === undefined && (
        <button type="button" className="link" onClick={() => void clearLeftClients()}>
          Clear
        </button>
      )}
    </p>
  )
}
