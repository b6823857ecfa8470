// A pool's health features in HAProxy: checks of its own, and failures that it observes.
import { hasSlowStart } from '../settings/pool'
import { OFF } from '../settings/setting'
import { type Fragment, fragment, line, NOTHING, only, together } from './fragment'
import type { ExportedPool } from './setup'

/** SHA-1 of `check`, the payload of a check that is a message. */
const CHECK_HASH = 'd56d985300d4b52eb6e189be006f44f8d23c5ec9'

/** Whether HAProxy opens connections to the servers to check them. */
export function isChecked({ settings, servers }: ExportedPool): boolean {
  return settings.checks !== OFF || settings.health !== OFF || servers.some(({ backup }) => backup)
}

export function haproxyHealth(pool: ExportedPool): Fragment {
  return together(
    checksOf(pool),
    slowStartOf(pool),
    pool.settings.outliers === OFF
      ? NOTHING
      : only('Outlier ejection is Envoy’s and has no counterpart in HAProxy.'),
    pool.settings.breaker === OFF
      ? NOTHING
      : only('A circuit breaker with states has no counterpart in HAProxy.'),
    pool.settings.panicPercent === 0
      ? NOTHING
      : only('HAProxy has no panic threshold: where no server is up, connections are closed.'),
  )
}

function checksOf(pool: ExportedPool): Fragment {
  const { checks, health } = pool.settings
  if (checks !== OFF) return activeChecks(pool, checks)
  if (health !== OFF) return passiveHealth(health)
  if (!isChecked(pool)) {
    return only(
      'HAProxy forgets a server that could not be reached: without checks it is tried again and again, and another one after it. The lab passes it over until it registers again.',
    )
  }
  return fragment(
    [
      line(
        'default-server check inter 2s fall 3 rise 2',
        'backups are used only once checks have found the others down',
      ),
    ],
    'HAProxy uses backups only once checks have found the others down: the file checks servers every 2 s, the lab does not.',
  )
}

type Checks = Exclude<ExportedPool['settings']['checks'], 'off'>

function activeChecks({ policy, settings, servers }: ExportedPool, checks: Checks): Fragment {
  const { way, intervalMs, fall, rise, errorLimit, outside } = checks
  const observed =
    errorLimit === 0
      ? []
      : [
          line(
            `default-server observe layer4 error-limit ${errorLimit} on-error mark-down`,
            'connections in a row that could not be opened mark it down',
          ),
        ]
  const skipped = !outside && servers.some(({ isOutside }) => isOutside)
  return fragment(
    [
      ...(way === 'message' ? messageCheck(policy) : []),
      line(
        `default-server check inter ${milliseconds(intervalMs)} fall ${fall} rise ${rise}`,
        'each server is checked; so many checks in a row decide',
      ),
      ...observed,
    ],
    way === 'message' &&
      'The check is a message with the payload “check”, always the same one; the lab numbers its checks.',
    settings.health !== OFF &&
      'Passive health is not exported beside active checks: checks alone decide in HAProxy.',
    skipped && 'Outside programs are not checked, as in the lab, and so never found down.',
  )
}

function messageCheck(policy: string) {
  const message = `{"type":0,"srcid":"check","privPoliId":${JSON.stringify(policy)},"payloadsize":5,"payload":"check"}`
  return [
    line('option tcp-check', 'a check is an exchange, not only a connection'),
    line('tcp-check connect', 'opens the connection'),
    line(`tcp-check send ${haproxyWord(message)}`, 'a message of type 0, as a client sends it'),
    line(`tcp-check expect string ${CHECK_HASH}`, 'the SHA-1 of “check” has to be in the answer'),
  ]
}

type Health = Exclude<ExportedPool['settings']['health'], 'off'>

function passiveHealth({ maxFails, failTimeoutMs, answers }: Health): Fragment {
  return fragment(
    [
      line(
        `default-server check inter ${milliseconds(failTimeoutMs)} fall ${maxFails} rise 1`,
        'a server that was passed over comes back by a check, after about that time',
      ),
      line(
        `default-server observe layer4 error-limit ${maxFails} on-error mark-down`,
        'the nearest to max_fails: failures in a row, not within a time',
      ),
    ],
    'A server that fails comes back by a check of HAProxy’s own, not by a client’s message; failures count in a row.',
    answers &&
      'HAProxy does not judge answers: only a connection that cannot be opened is a failure.',
  )
}

function slowStartOf(pool: ExportedPool): Fragment {
  const { slowStart, algorithm } = pool.settings
  if (slowStart === OFF || !hasSlowStart(algorithm)) return NOTHING
  if (!isChecked(pool)) {
    return only(
      'Slow start is left out: in HAProxy it needs checks that find a server down and up again.',
    )
  }
  return fragment(
    [
      line(
        `default-server slowstart ${milliseconds(slowStart.windowMs)}`,
        'the weight of a server that was down rises over this time',
      ),
    ],
    slowStart.way === 'envoy' &&
      'Slow start goes in HAProxy’s steps, and only for a server that was down; the lab’s follows Envoy’s curve, also for a new one.',
  )
}

/** A time as HAProxy reads it, in whole milliseconds. */
export function milliseconds(ms: number): string {
  const whole = Math.max(1, Math.round(ms))
  return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`
}

/** A word of HAProxy's configuration, whatever is in it. */
export function haproxyWord(text: string): string {
  const escaped = text.replaceAll(/[\p{Cc}']/gu, (char) => {
    return char === "'" ? "'\\''" : `'\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}'`
  })
  return `'${escaped}'`
}
