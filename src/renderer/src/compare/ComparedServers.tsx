// The weights and limits of a policy's servers in one of the compared labs.
import { counted } from '../../../shared/format'
import { COMPARED_SERVER_SETTINGS } from '../../../shared/settings/server'
import { visibly } from '../../../shared/visible-controls'
import { FieldError, NumberCell, numberIn, SettingsGroup, useEntered } from '../forms'
import { Id } from '../ui/Id'
import type { ListedServer } from './draft'

const MOST_SERVERS = 50
const NAMES = ['weight', 'maxConnections'] as const

interface ShownServer extends ListedServer {
  /** What it has in this lab. */
  readonly compared: ListedServer['settings']
}

type Change = (
  server: ListedServer,
  values: Readonly<Record<string, unknown>>,
) => { ok: true } | { ok: false; error: string }

interface ComparedServersProps {
  lab: string
  servers: readonly ShownServer[]
  change: Change
}

export function ComparedServers({ lab, servers, change }: ComparedServersProps) {
  if (servers.length === 0) return null
  const left = servers.length - MOST_SERVERS
  return (
    <SettingsGroup title="Weights and limits" words={differenceWords(servers)} refusal={undefined}>
      <table className="pool-servers" aria-label={visibly`Weights and limits in “${lab}”`}>
        <thead>
          <tr>
            <th scope="col">Server</th>
            {NAMES.map((name) => (
              <th key={name} scope="col" title={COMPARED_SERVER_SETTINGS[name].help}>
                {COMPARED_SERVER_SETTINGS[name].label}
              </th>
            ))}
          </tr>
        </thead>
        {servers.slice(0, MOST_SERVERS).map((server) => (
          <ServerRow key={server.id} server={server} change={change} />
        ))}
      </table>
      {left > 0 && <p className="muted">{counted(left, 'more server')}: as in the lab.</p>}
    </SettingsGroup>
  )
}

function ServerRow({ server, change }: { server: ShownServer; change: Change }) {
  const { id, compared } = server
  const weight = useEntered(String(compared.weight), async (text) =>
    change(server, { weight: numberIn(text) }),
  )
  const limit = useEntered(String(compared.maxConnections), async (text) =>
    change(server, { maxConnections: numberIn(text) }),
  )
  const errors = [weight, limit].flatMap(({ error }) => error ?? [])
  return (
    <tbody>
      <tr>
        <th scope="row">
          <Id text={id} />
        </th>
        <NumberCell entered={weight} name={`Weight of server ${id}`} />
        <NumberCell entered={limit} name={`Limit of server ${id}`} />
      </tr>
      {errors.length > 0 && (
        <tr>
          <td colSpan={3}>
            <FieldError text={errors.join(' ')} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** `100: weight 3`, of those that differ from the lab. */
function differenceWords(servers: readonly ShownServer[]): string {
  const words = servers.flatMap(({ id, settings, compared }) =>
    NAMES.filter((name) => settings[name] !== compared[name]).map(
      (name) => `${id}: ${COMPARED_SERVER_SETTINGS[name].label.toLowerCase()} ${compared[name]}`,
    ),
  )
  return words.length === 0 ? 'as in the lab' : words.join(', ')
}
