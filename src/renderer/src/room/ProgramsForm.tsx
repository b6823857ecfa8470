// Lets programs of the room join the lab, an act of its own, and lists whose have: how many, what they do, what is wrong with
// them, and the way to clear them or keep them out.
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import { hostAndPort } from '../../../shared/addresses'
import { counted } from '../../../shared/format'
import {
  groupName,
  type JoinedPrograms,
  type ProgramGroup,
  type ProgramsAt,
  programFigures,
} from '../../../shared/room/programs'
import { useLab } from '../lab/lab'
import { leaveButton } from './leave-button'
import { ProgramsAddress } from './ProgramsAddress'
import { askRoom, clearPrograms } from './room-state'
import './programs.css'

export function ProgramsForm({ programs, host }: { programs: JoinedPrograms; host: string }) {
  const { at, groups } = programs
  return (
    <>
      <h3 tabIndex={-1}>
        Programs of the room
        <span className="muted">
          {at === null ? ' · may not join' : ` · ${counted(groups.length, 'machine')}`}
        </span>
      </h3>
      {at === null ? <LetIn host={host} /> : <Joined at={at} groups={groups} />}
    </>
  )
}

/** In two steps: what it means is read before it happens. */
export function LetIn({ host }: { host: string }) {
  const [isAsking, setIsAsking] = useState<boolean>()
  const place = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone. No other one has the focus, for the key may still be down.
  useEffect(() => {
    if (isAsking !== undefined) place.current?.focus()
  }, [isAsking])
  const port = useLab(({ live }) => live.proxy?.port)
  const where = port === undefined ? host : hostAndPort(host, port)
  if (!isAsking) {
    return (
      <div ref={place} tabIndex={-1} className="programs-let-in">
        <p className="muted">
          Clients and servers that students have written can join the lab from their laptops.
        </p>
        <button type="button" className="button" onClick={() => setIsAsking(true)}>
          Let programs join…
        </button>
      </div>
    )
  }
  return (
    <div ref={place} tabIndex={-1} className="programs-let-in">
      <ul className="room-means">
        <li>
          Every program that reaches {where} can send messages and register servers. It needs no
          code.
        </li>
        <li>The proxy connects to the servers that they register, on their own machines only.</li>
        <li>
          Each machine’s share is limited. No program can give a command, or take the place of
          another one’s server.
        </li>
        <li>
          Programs carry the names of viewers at the same address, on the graph and in recordings.
        </li>
        <li>It lasts until you end it, or the class ends: both close their connections.</li>
      </ul>
      <div className="vote-actions">
        <button
          type="button"
          className="button primary"
          onClick={({ currentTarget }) => {
            askRoom({ kind: 'letProgramsIn' })
            leaveButton(currentTarget)
          }}
        >
          Let programs join
        </button>
        <button type="button" className="button" onClick={() => setIsAsking(false)}>
          Cancel
        </button>
      </div>
    </div>
  )
}

function Joined({ at, groups }: { at: ProgramsAt; groups: readonly ProgramGroup[] }) {
  return (
    <>
      <ProgramsAddress at={at} />
      {groups.length === 0 ? (
        <p className="muted">No program has joined yet.</p>
      ) : (
        <ul className="programs-groups" aria-label="Programs by machine">
          {groups.map((group) => (
            <Group key={group.machine} group={group} isOwn={group.machine === at.host} />
          ))}
        </ul>
      )}
      <button
        type="button"
        className="button"
        title="Their connections are closed, and no program can join any more"
        onClick={({ currentTarget }) => {
          askRoom({ kind: 'endPrograms' })
          leaveButton(currentTarget)
        }}
      >
        End: no programs any more
      </button>
    </>
  )
}

/** The button that was pressed is about to go, with its whole machine or for another one. */
function press({ currentTarget }: MouseEvent<HTMLElement>, ask: () => void): void {
  ask()
  leaveButton(currentTarget)
}

function Group({ group, isOwn }: { group: ProgramGroup; isOwn: boolean }) {
  const { machine, name, clients, servers, problem, limited } = group
  const whose = groupName(group)
  return (
    <li>
      <p className="programs-whose">
        <strong>{whose}</strong>
        {name !== '' && <span className="muted"> {machine}</span>}
        {isOwn && <span className="muted"> this computer</span>}
      </p>
      {group.isKeptOut ? (
        <p>Kept out.</p>
      ) : (
        <p>
          {counted(clients, 'client')}, {counted(servers, 'server')} here. {programFigures(group)}
        </p>
      )}
      {problem !== '' && <p className="programs-problem">{problem}</p>}
      {limited !== '' && <p className="programs-problem">{limited}</p>}
      <div className="vote-actions">
        {group.isKeptOut ? (
          <button
            type="button"
            className="button quiet"
            aria-label={`Let ${whose} in again`}
            onClick={(event) => press(event, () => askRoom({ kind: 'letMachineIn', machine }))}
          >
            Let in again
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button quiet"
              title="Close their connections, and take them off the graph"
              aria-label={`Clear ${whose}`}
              onClick={(event) => press(event, () => clearPrograms(machine, false))}
            >
              Clear
            </button>
            {!isOwn && (
              <button
                type="button"
                className="button quiet"
                title="Clear them, and let none of them connect again until you do"
                aria-label={`Keep ${whose} out`}
                onClick={(event) => press(event, () => clearPrograms(machine, true))}
              >
                Keep out
              </button>
            )}
          </>
        )}
      </div>
    </li>
  )
}
