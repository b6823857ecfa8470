// The options of a proxy, for the commands that run one.
import { forOutside } from '../../../shared/settings/derive'
import { LINK_SETTINGS } from '../../../shared/settings/link'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { flagOption, numberOption, portOption, withDefault } from '../../options/option'
import { settingOptions, settingsOfOneOption } from '../../options/setting-options'
import { addressOption } from '../endpoint-option'
import { JSON_EVENTS, SEED } from './options'

export const PROXY_OPTIONS = {
  port: portOption('the port that it listens on (2100 or the next free one); 0: any free one'),
  listen: addressOption('the address that it listens on, for other machines (loopback)'),
  screen: flagOption('also serve the app’s screen for it, to this machine’s browser'),
  screenPort: portOption('the port of the screen and of the metrics (any free one)'),
  metrics: flagOption('serve its figures at /metrics, for Prometheus, to this machine'),
  latency: withDefault(
    numberOption({
      value: 'MS',
      what: 'milliseconds',
      max: LINK_SETTINGS.latencyMs.max,
      help: 'how long it holds each message at its edge',
    }),
    0,
  ),
  seed: SEED,
  json: JSON_EVENTS,
  doctor: flagOption('say what is odd on the wire of each program, and how to mend it'),
  server: settingsOfOneOption(forOutside(SERVER_SETTINGS), {
    value: 'ID:NAME=VALUE,…',
    help: 'settings of a server, from its registration on',
  }),
  policy: settingsOfOneOption(POOL_SETTINGS, {
    value: 'ID:NAME=VALUE,…',
    help: 'settings of one policy, beside those of every policy below; a feature’s as checks.fall=2',
  }),
  ...settingOptions(POOL_SETTINGS),
}
