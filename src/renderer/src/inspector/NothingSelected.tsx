// How to begin: what can be done here, and how an outside program joins.
import { Fragment } from 'react'
import { hostAndPort } from '../../../shared/addresses'
import { WHOLE_LAB_PATH } from '../../../shared/room/viewer-line'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { useLine } from '../line/line'

const MESSAGE = '{"type":0,"srcid":50,\n "privPoliId":111,\n "payloadsize":5,\n "payload":"hello"}'
const REGISTRATION = '{"type":1,"id":500,\n "privPolyId":111,\n "listenport":5000}'

export function NothingSelected() {
  const isViewer = useLine(({ role }) => role === 'viewer')
  // The proxy's own addresses are this computer's, and a viewer of a class is at another one.
  const isOfClass = window.location.pathname === WHOLE_LAB_PATH
  return (
    <div className="inspector-help">
      <h2>Nothing selected</h2>
      <p>
        Select a node or a packet to see what it is made of.
        {!isViewer && (
          <>
            {' '}
            Press <kbd>A</kbd> and every client sends its message; watch whose turn it is on the
            roundabout.
          </>
        )}
      </p>
      <h3>Join with your own program</h3>
      <p>
        In any language: connect to{' '}
        {isOfClass ? (
          'the address on the page of the class, while programs may join,'
        ) : (
          <Addresses />
        )}{' '}
        over TCP and write JSON, without a delimiter. A client sends a message and reads the answer,
        whose payload is the SHA-1 of what it sent:
      </p>
      <pre>{MESSAGE}</pre>
      <p>A server says where it listens, and then serves one message per connection:</p>
      <pre>{REGISTRATION}</pre>
      <p>It appears on the graph with its first message.</p>
      <button
        type="button"
        className="link"
        onClick={() => useUi.getState().setShortcutsOpen(true)}
      >
        Keyboard shortcuts
      </button>
    </div>
  )
}

/** Those of the present proxy, also while a recording is open: programs can join only that one. */
function Addresses() {
  const proxy = useLab(({ live }) => live.proxy)
  return (
    <>
      <code>{proxy ? hostAndPort(proxy.host, proxy.port) : 'the proxy'}</code>
      {proxy?.otherHosts.map((host) => (
        <Fragment key={host}>
          {' '}
          or <code>{hostAndPort(host, proxy.port)}</code>
        </Fragment>
      ))}
    </>
  )
}
