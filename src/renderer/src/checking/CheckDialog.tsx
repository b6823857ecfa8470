// "Check my program": the program, and the list of requirements that fills while they are tried.

import { useUi } from '../choices/ui'
import { Modal } from '../ui/Modal'
import { CheckForm } from './CheckForm'
import { CheckList } from './CheckList'
import { useOpened } from './exchange'
import './program-check.css'

export function CheckDialog() {
  const close = () => {
    useOpened.setState({ returnedFrom: undefined })
    useUi.getState().setCheckOpen(false)
  }
  return (
    <Modal title="Check my program" onClose={close}>
      <div className="program-check">
        <CheckForm />
        <CheckList />
      </div>
    </Modal>
  )
}
