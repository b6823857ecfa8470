// Accepts a recording, a scenario or a lesson dropped anywhere on the window, and says while a file is dragged what a drop will
// do.
import { FolderOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openFile } from '../actions/files'
import { useUi } from '../choices/ui'

export function DropTarget() {
  const over = useFileDrag()
  if (!over) return null
  return (
    <div className="drop-target" role="status">
      <p>
        <FolderOpen size={22} aria-hidden="true" />
        <strong>Drop a recording, a scenario or a lesson to open it</strong>
        <span>
          The lab is paused while you look at a recording. A scenario takes the lab’s place, and
          asks before anything is lost. So does a lesson, with its first step.
        </span>
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
      // Otherwise the browser would open the file in place of the page.
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
    useUi.getState().notify('error', 'One file at a time: nothing was opened.')
  } else {
    void openFile(file)
  }
}
