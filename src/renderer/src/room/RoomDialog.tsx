// “Open to the room”: what it means and at which address; then the code, the QR code, and who is here.
import { useEffect, useState } from 'react'
import { counted } from '../../../shared/format'
import type { OpenRoom, RoomAddress } from '../../../shared/room/room-line'
import { focusClass } from '../actions/class'
import { useUi } from '../choices/ui'
import { Modal } from '../ui/Modal'
import { EndedResults } from './EndedResults'
import { ProgramsAddress } from './ProgramsAddress'
import { LetIn } from './ProgramsForm'
import { QrCode } from './QrCode'
import { askRoom, spacedCode, useRoom } from './room-state'
import './room.css'

export function RoomDialog() {
  const open = useRoom((room) => room.open)
  const close = () => useUi.getState().setRoomOpen(false)
  // The networks may be others than at the start.
  useEffect(() => askRoom({ kind: 'look' }), [])
  return (
    <Modal
      title={open === null ? 'Open to the room' : 'The lab is open to the room'}
      onClose={close}
    >
      {open === null ? <OpenForm onCancel={close} /> : <Opened open={open} onDone={close} />}
    </Modal>
  )
}

function OpenForm({ onCancel }: { onCancel: () => void }) {
  const addresses = useRoom((room) => room.addresses)
  const error = useRoom((room) => room.error)
  const [chosen, setChosen] = useState<string>()
  const address = chosen ?? addresses[0]?.address
  return (
    <form
      className="room-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (address !== undefined) askRoom({ kind: 'open', address })
      }}
    >
      <p>
        Phones and laptops on your network can then see this lab and answer your questions. Nothing
        is installed on them.
      </p>
      <ul className="room-means">
        <li>
          Whoever has the code sees every message with its bytes, and the past of this session.
        </li>
        <li>
          Nobody but you can change the lab, except that a viewer whom you give a client can send
          its messages, and one whom you give a server can answer those that come to it. Your files
          and earlier sessions stay unseen. Programs of others cannot connect unless you allow that
          as well.
        </li>
        <li>What goes over the network is not encrypted: send no secrets through the lab.</li>
        <li>This computer’s firewall may ask you to allow it.</li>
        <li>It ends with one click on “End”, or when Roundabout closes.</li>
      </ul>
      <fieldset className="room-addresses">
        <legend>Address of this computer</legend>
        {addresses.map((one) => (
          <label key={one.address}>
            <input
              type="radio"
              name="room-address"
              checked={one.address === address}
              onChange={() => setChosen(one.address)}
            />
            <span>
              <strong>{one.address}</strong> <small>{reachWords(one)}</small>
            </span>
          </label>
        ))}
        {addresses.every(({ reach }) => reach === 'machine') && (
          <p className="muted">This computer is in no network at the moment.</p>
        )}
      </fieldset>
      <EndedResults />
      {error !== '' && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" data-first-focus>
          Open to the room
        </button>
      </div>
    </form>
  )
}

function reachWords({ reach, name }: RoomAddress): string {
  return reach === 'network'
    ? `the network at ${name}`
    : 'this computer only: for trying out, and for raised hands'
}

function Opened({ open, onDone }: { open: OpenRoom; onDone: () => void }) {
  const { url, code, viewers, named, questions, programs, address } = open
  const page = url.slice(0, url.indexOf('#'))
  return (
    <div className="room-opened">
      <div className="room-invitation">
        <QrCode text={url} label={`QR code of ${url}`} />
        <div>
          <p className="muted">Scan it, or open</p>
          <p className="room-url">{page}</p>
          <p className="muted">and enter</p>
          <p className="room-code">{spacedCode(code)}</p>
          <p className="room-here" role="status">
            {viewers === 0 ? 'Nobody is here yet.' : `${counted(viewers, 'viewer')} here`}
            {named > 0 && <span className="muted">, {named} with a name</span>}
          </p>
        </div>
      </div>
      <div className="room-programs">
        {programs.at === null ? <LetIn host={address} /> : <ProgramsAddress at={programs.at} />}
      </div>
      <div className="modal-actions">
        <button
          type="button"
          className="button"
          aria-disabled={questions === 0}
          onClick={() => questions > 0 && askRoom({ kind: 'results' })}
        >
          Save the results (CSV)
        </button>
        <button type="button" className="button" onClick={() => askRoom({ kind: 'close' })}>
          End the class
        </button>
        <button
          type="button"
          className="button primary"
          data-first-focus
          onClick={() => {
            onDone()
            useUi.getState().setAskOpen(true)
            focusClass()
          }}
        >
          Ask the class…
        </button>
      </div>
    </div>
  )
}
