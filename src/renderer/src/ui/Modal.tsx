// A dialog above everything, with the browser's own element: the focus stays in it and Escape closes it. It begins at the
// element with `data-first-focus`, else at the button that closes it, again when it becomes another dialog with another title;
// afterwards it is where it was before.
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { returnFocus } from './focus-before'

interface ModalProps {
  title: string
  onClose: () => void
  children: ReactNode
}

export function Modal({ title, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    return returnFocus
  }, [])
  useEffect(() => {
    dialog.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus()
  }, [title])
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-label={title}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="modal-body">
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
