// The progress of long work, with a button to cancel it. Short work shows nothing.
import { useEffect, useState } from 'react'
import { usePast } from '../past/past'
import { Modal } from '../ui/Modal'

/** Work shorter than this gets no dialog. */
const PATIENCE_MS = 400

export function ProgressDialog() {
  const work = usePast((past) => past.work)
  const cancel = work?.cancel
  const [lasting, setLasting] = useState<() => void>()
  useEffect(() => {
    if (!cancel) return
    const timer = setTimeout(() => setLasting(() => cancel), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [cancel])
  if (!work || lasting !== cancel) return null
  const percent = Math.round(work.done * 100)
  return (
    <Modal title={work.title} onClose={work.cancel}>
      <div className="progress">
        <progress value={work.done} max={1} aria-label={work.title} />
        <output>{percent} %</output>
      </div>
      <div className="modal-actions">
        <button type="button" className="button" onClick={work.cancel}>
          Cancel
        </button>
      </div>
    </Modal>
  )
}
