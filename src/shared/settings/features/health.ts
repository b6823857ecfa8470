// Features of a pool that find servers that fail, and let them come back. Each is off by default, and says whose way and
// whose defaults it has.
import { choice, duration, feature, flag, number, percent, wholeNumber } from '../setting'

export const HEALTH_FEATURES = {
  health: feature({
    label: 'Passive health checks',
    help: 'A server that fails messages is passed over for a while, then tried with one of them (nginx’s max_fails and fail_timeout).',
    settings: {
      maxFails: wholeNumber({
        default: 1,
        min: 1,
        max: 1000,
        label: 'Failures allowed',
        help: 'So many failures within the time below, and the server is passed over.',
        whose: 'nginx’s max_fails',
      }),
      failTimeoutMs: duration({
        default: 10_000,
        label: 'Fail timeout',
        help: 'The time in which failures count, and for which the server is then passed over.',
        whose: 'nginx’s fail_timeout',
      }),
      answers: flag({
        default: false,
        label: 'Judge answers too',
        help: 'A wrong hash, bytes that are no answer, a hang-up and silence are failures too.',
        whose: 'nginx and HAProxy do not see them',
        said: ['judged too', 'not judged'],
      }),
    },
  }),
  checks: feature({
    label: 'Active health checks',
    help: 'The proxy checks each server at an interval, without a client’s message (HAProxy’s check).',
    settings: {
      way: choice({
        default: 'connect',
        label: 'Way',
        help: 'A connection alone, which the kernel of a hanging program answers too, or a message of type 0 whose answer is judged.',
        whose: 'HAProxy’s check',
        options: [
          { value: 'connect', label: 'Connection' },
          { value: 'message', label: 'Message' },
        ],
      }),
      intervalMs: duration({
        default: 2000,
        min: 10,
        label: 'Interval',
        help: 'The time between two checks of a server, and the limit of each.',
        whose: 'HAProxy’s inter',
      }),
      fall: wholeNumber({
        default: 3,
        min: 1,
        max: 100,
        label: 'Fall',
        help: 'A server is down after so many failed checks in a row.',
        whose: 'HAProxy’s fall',
      }),
      rise: wholeNumber({
        default: 2,
        min: 1,
        max: 100,
        label: 'Rise',
        help: 'A server is up after so many passed checks in a row.',
        whose: 'HAProxy’s rise',
      }),
      outside: flag({
        default: false,
        label: 'Check outside programs',
        help: 'Off, because many programs end at a connection without a message.',
        said: ['checked too', 'not checked'],
      }),
      errorLimit: wholeNumber({
        default: 0,
        min: 0,
        max: 1000,
        label: 'Error limit',
        help: 'So many messages in a row that could not be handed over mark the server down; 0: they do not count.',
        whose: 'HAProxy’s observe layer4 with on-error mark-down; its error-limit is 10 when on',
      }),
    },
  }),
  outliers: feature({
    label: 'Outlier ejection',
    help: 'A server with errors in a row is ejected, and returns by time alone (Envoy’s outlier detection).',
    settings: {
      consecutiveErrors: wholeNumber({
        default: 5,
        min: 1,
        max: 1000,
        label: 'Errors in a row',
        help: 'So many errors in a row eject the server.',
        whose: 'Envoy’s consecutive_5xx',
      }),
      intervalMs: duration({
        default: 10_000,
        min: 10,
        label: 'Interval',
        help: 'Ejected servers return at a sweep, and each sweep forgives one earlier ejection of a healthy one.',
        whose: 'Envoy’s interval',
      }),
      baseEjectionMs: duration({
        default: 30_000,
        label: 'Base ejection time',
        help: 'A server is ejected for this time × its number of ejections in a row.',
        whose: 'Envoy’s base_ejection_time',
      }),
      maxEjectionMs: duration({
        default: 300_000,
        label: 'Longest ejection',
        help: 'No ejection takes longer.',
        whose: 'Envoy’s max_ejection_time',
      }),
      maxPercent: percent({
        default: 10,
        label: 'Most ejected',
        help: 'At most this share of the servers is ejected at once: with 10 % of four servers, none is.',
        whose: 'Envoy’s max_ejection_percent',
      }),
      alwaysOne: flag({
        default: false,
        label: 'Always eject one',
        help: 'One server may be ejected whatever the share is.',
        whose: 'Envoy’s always_eject_one_host',
        said: ['yes', 'no'],
      }),
    },
  }),
  slowStart: feature({
    label: 'Slow start',
    help: 'The weight of a server that comes back rises over a time.',
    settings: {
      way: choice({
        default: 'haproxy',
        label: 'Way',
        help: 'HAProxy’s steps each second, for a server that was down; or Envoy’s curve, also for a new one.',
        options: [
          { value: 'haproxy', label: 'HAProxy’s steps' },
          { value: 'envoy', label: 'Envoy’s curve' },
        ],
      }),
      windowMs: duration({
        default: 60_000,
        min: 1000,
        label: 'Window',
        help: 'How long until the whole weight counts.',
        whose: 'Envoy’s example; HAProxy’s slowstart has no default',
      }),
      aggression: number({
        default: 1,
        min: 0.1,
        max: 10,
        label: 'Aggression',
        help: 'For Envoy’s curve: above 1 the weight rises sooner; 1 is a straight line.',
        whose: 'Envoy’s aggression',
      }),
      minPercent: percent({
        default: 10,
        min: 1,
        label: 'Least weight',
        help: 'For Envoy’s curve: the share of the weight at the beginning.',
        whose: 'Envoy’s min_weight_percent',
      }),
    },
  }),
}
