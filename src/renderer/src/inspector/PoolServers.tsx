// The servers of a policy: what each may carry, changed in place, and below it what is known of it.
import { counted } from '../../../shared/format'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { setServer } from '../actions/servers'
import { useUi } from '../choices/ui'
import { type Entered, FieldError, NumberCell, numberIn, useEntered } from '../forms'
import { Id } from '../ui/Id'
import { StandingWords } from '../ui/StandingWords'
import type { PoolMember } from './pool-members'

const MOST_SERVERS = 50

interface PoolServersProps {
  members: readonly PoolMember[]
  isReadOnly: boolean
}

export function PoolServers({ members, isReadOnly }: PoolServersProps) {
  if (members.length === 0) return <p className="muted">No server is registered for it.</p>
  const left = members.length - MOST_SERVERS
  return (
    <section>
      <table className="pool-servers" aria-label="Servers of the policy">
        <thead>
          <tr>
            <th scope="col">Server</th>
            <Heading setting="weight" />
            <Heading setting="maxConnections" />
            <Heading setting="backup" />
            <Heading setting="drain" />
          </tr>
        </thead>
        {members.slice(0, MOST_SERVERS).map((member) => (
          <ServerRows key={member.server} member={member} isReadOnly={isReadOnly} />
        ))}
      </table>
      {left > 0 && (
        <p className="muted">{counted(left, 'more server')}: see the switching table.</p>
      )}
    </section>
  )
}

type Listed = 'weight' | 'maxConnections' | 'backup' | 'drain'

function Heading({ setting }: { setting: Listed }) {
  const { label, help, whose } = SERVER_SETTINGS[setting]
  return (
    <th scope="col" title={`${help} (${whose})`}>
      {label}
    </th>
  )
}

function ServerRows({ member, isReadOnly }: { member: PoolMember; isReadOnly: boolean }) {
  const { server, node, settings, inHand, share, standings } = member
  const weight = useEntered(String(settings.weight), (text) =>
    setServer(node, { weight: numberIn(text) }),
  )
  const limit = useEntered(String(settings.maxConnections), (text) =>
    setServer(node, { maxConnections: numberIn(text) }),
  )
  const backup = useEntered(settings.backup, (is) => setServer(node, { backup: is }))
  const drain = useEntered(settings.drain, (is) => setServer(node, { drain: is }))
  const errors = [weight, limit, backup, drain].flatMap(({ error }) => error ?? [])
  return (
    <tbody>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="link"
            onClick={() => useUi.getState().select({ kind: 'node', id: node })}
          >
            <Id text={server} />
          </button>
        </th>
        <NumberCell entered={weight} name={`Weight of server ${server}`} isReadOnly={isReadOnly} />
        <NumberCell entered={limit} name={`Limit of server ${server}`} isReadOnly={isReadOnly} />
        <FlagCell entered={backup} name={`Server ${server} is a backup`} isReadOnly={isReadOnly} />
        <FlagCell entered={drain} name={`Drain server ${server}`} isReadOnly={isReadOnly} />
      </tr>
      {errors.length > 0 && (
        <tr>
          <td colSpan={5}>
            <FieldError text={errors.join(' ')} />
          </td>
        </tr>
      )}
      <tr className="pool-server-state">
        <td colSpan={5}>
          <StandingWords standings={standings} />
          {' · '}
          <span title="Decided on, and not answered yet">{counted(inHand, 'message')} in hand</span>
          {share !== '' && (
            <>
              {' · '}
              <span title="Of the messages for which a server of the policy was chosen">
                {share}
              </span>
            </>
          )}
        </td>
      </tr>
    </tbody>
  )
}

interface FlagCellProps {
  entered: Entered<boolean>
  name: string
  isReadOnly: boolean
}

function FlagCell({ entered, name, isReadOnly }: FlagCellProps) {
  return (
    <td>
      <input
        type="checkbox"
        checked={entered.shown}
        aria-label={name}
        disabled={isReadOnly}
        onChange={(event) => entered.commit(event.target.checked)}
      />
    </td>
  )
}
