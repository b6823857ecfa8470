// Where this person's own programs may join, with lines to try, and what those that have joined from this device do.
import { useState } from 'react'
import { hostAndPort } from '../../../shared/addresses'
import { counted } from '../../../shared/format'
import { type ProgramGroup, type ProgramsAt, programFigures } from '../../../shared/room/programs'
import { useClass } from './class-state'

/** A laptop, which may run programs. */
const WIDE_PX = 700

export function ProgramsView() {
  const at = useClass((state) => state.programsAt)
  const mine = useClass((state) => state.myPrograms)
  const [startsOpen] = useState(() => window.innerWidth >= WIDE_PX)
  if (at === null) return null
  return (
    <details className="class-card class-programs" open={startsOpen}>
      <summary>
        <h2>Join with your own program</h2>
        <span className="class-address">{hostAndPort(at.host, at.port)}</span>
      </summary>
      <p className="muted">
        This is the reverse proxy of the class. Give your client or server this host and port. A
        server listens on 0.0.0.0, not on 127.0.0.1, so that the proxy reaches it.
      </p>
      <Examples at={at} />
      <Mine mine={mine} />
    </details>
  )
}

function Examples({ at: { host, port, policy } }: { at: ProgramsAt }) {
  const message = `{"type":0,"srcid":1,"privPoliId":${JSON.stringify(policy ?? '111')},"payloadsize":5,"payload":"hello"}`
  return (
    <>
      <p>One message, without a program:</p>
      <pre className="class-example">{`echo '${message}' | nc ${host} ${port}`}</pre>
      <p>With an example from Roundabout:</p>
      <pre className="class-example">
        {`python3 client.py --proxy-host ${host} -revproc ${port} --policy ${policy ?? '111'}`}
      </pre>
    </>
  )
}

function Mine({ mine }: { mine: ProgramGroup | null }) {
  const name = useClass((state) => state.name)
  return (
    <div role="status" className="class-mine">
      {mine === null ? (
        <p className="muted">No program has joined from this device yet.</p>
      ) : mine.isKeptOut ? (
        <p>The instructor keeps the programs of this device out.</p>
      ) : (
        <>
          <p>
            <strong>
              From this device: {counted(mine.clients, 'client')}, {counted(mine.servers, 'server')}
            </strong>
          </p>
          <p>{programFigures(mine)}</p>
          {mine.problem !== '' && <p className="class-error">{mine.problem}</p>}
          {mine.limited !== '' && <p className="class-error">{mine.limited}</p>}
        </>
      )}
      {name === '' && (
        <p className="muted">Give a name above, and everybody sees which programs are yours.</p>
      )}
    </div>
  )
}
