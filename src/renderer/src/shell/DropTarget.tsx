// A recording can be dropped anywhere on the window; while one is dragged over it, this says what will happen.
import { FolderOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openRecording } from '../store/past'
import { useUi } from '../store/ui'

export function DropTarget() {
  const over = useFileDrag()
  if (!over) return null
  return (
    <div className="drop-target" role="status">
      <p>
        <FolderOpen size={22} aria-hidden="true" />
        <strong>Drop a recording to open it</strong>
        <span>The lab is paused meanwhile, and comes back when you close the recording.</span>
      </p>
    </div>
  )
}

/** Whether files are being dragged over the window. */
function useFileDrag(): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      // Else the page would give way to the file.
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!bringsFiles(event)) return
      event.preventDefault()
      drop([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}

function drop(files: readonly File[]): void {
  const [file, ...others] = files
  if (!file) return
  if (others.length > 0) {
    useUi.getState().notify('error', 'One recording at a time: nothing was opened.')
  } else {
    void openRecording(file)
  }
}
