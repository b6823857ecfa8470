// `roundabout server`: a server of the homework, as a program of its own.
import { isLoopback } from '../../../shared/addresses'
import { answersByHand } from '../../../shared/by-hand'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { startLoneServer } from '../../engine/index'
import { required } from '../../options/option'
import { settingOptions } from '../../options/setting-options'
import { defineCommand } from '../command'
import { addressOption, endpointOption } from '../endpoint-option'
import { jsonLine, linesOf, painted } from '../programs/lines'
import { DEFAULT_REVPROC, ID, JSON_EVENTS, policyOption, REVPROC, SEED } from '../programs/options'
import { reachedAt } from '../programs/reached-at'
import { whenStopped } from '../programs/stopped'

const { work, behaviour } = SERVER_SETTINGS

export const serverCommand = defineCommand({
  name: 'server',
  summary: 'A server: registers with a proxy and answers each message with its hash',
  details: [
    'It prints what the homework’s server prints. While no proxy is there, it registers again each second.',
    'Its weight, limit and the like are the proxy’s to know: proxy --server ID:weight=3.',
  ],
  options: {
    id: required(ID),
    pp: required(policyOption('the privacy policy that it serves')),
    listen: required(
      endpointOption(
        'the port that it listens on; ADDRESS:PORT for other machines; 0: any free one',
      ),
    ),
    revproc: REVPROC,
    advertise: addressOption('the address from which it registers, at which the proxy finds it'),
    ...settingOptions({ work, behaviour }),
    seed: SEED,
    json: JSON_EVENTS,
  },
  examples: [
    [
      'roundabout server -id 100 -pp 111 -listen 2101 -revproc 2100',
      'Server 100 of policy 111, as in the homework.',
    ],
    [
      'roundabout server -id 7 -pp 111 -listen 0.0.0.0:2101 -revproc 192.168.1.5:2100 --work ms=50',
      'On another machine than the proxy; each message takes it 50 ms.',
    ],
  ],
  async run({ given }, io) {
    const { id, pp: policy, listen, advertise, work, behaviour, seed, json } = given
    const proxy = given.revproc ?? DEFAULT_REVPROC
    if (answersByHand({ work })) {
      throw new Error('A server answers by hand only in the app: choose another distribution.')
    }
    if (isLoopback(listen.host) && !isLoopback(proxy.host)) {
      io.tell(
        `The proxy at ${proxy.host} cannot reach ${listen.host}: add -listen 0.0.0.0:${listen.port}, say.`,
      )
    }
    const node = { id: `server:${id}`, role: 'server', origin: 'inside' } as const
    const server = await startLoneServer({
      id,
      policy,
      proxy,
      listen,
      advertise,
      seed,
      settings: { ...(work && { work }), ...(behaviour && { behaviour }) },
      follow: (event, state) => {
        if (json) io.print(jsonLine(event))
        else for (const line of linesOf(event, state, node)) io.print(painted(line, io.paint))
      },
    })
    const { host, port } = server.listens
    if (!isLoopback(host)) io.tell(`Open to other machines, at ${reachedAt(host, port)}.`)
    await whenStopped(io.stopped)
    await server.close()
    return 0
  },
})
