// Features of a pool for servers that are full and messages that fail. Each is off by default, and says whose way and whose
// defaults it has.
import { choice, feature, flag, number, wholeNumber } from '../setting'
import { DAY_MS } from './health'

export const LOAD_FEATURES = {
  queue: feature({
    label: 'Queue',
    help: 'Where every server is at its limit, messages wait, first come, first served (HAProxy). Off: they are refused at once (nginx).',
    settings: {
      max: wholeNumber({
        default: 1024,
        min: 1,
        max: 10_000,
        label: 'Places',
        help: 'So many messages may wait (Envoy’s max_pending_requests; its default: 1024. HAProxy has no limit).',
      }),
      timeoutMs: number({
        default: 5000,
        min: 1,
        max: DAY_MS,
        unit: 'ms',
        label: 'Longest wait',
        help: 'After this time a message that waits is refused (HAProxy’s timeout queue; its default is the connect timeout).',
      }),
    },
  }),
  retries: feature({
    label: 'Retries',
    help: 'How often a message that failed is tried again. Off: at each other server once where it could not be handed over (nginx’s default).',
    settings: {
      max: wholeNumber({
        default: 3,
        min: 0,
        max: 100,
        label: 'Retries at most',
        help: 'For one message (HAProxy’s retries; its default: 3. Envoy’s num_retries: 1).',
      }),
      to: choice({
        default: 'other',
        label: 'Where to',
        help: 'Another server (nginx, HAProxy’s redispatch), or the same one and another at the last retry (HAProxy).',
        options: [
          { value: 'other', label: 'Another server' },
          { value: 'same', label: 'The same, another at last' },
        ],
      }),
      on: choice({
        default: 'unreachable',
        label: 'On',
        help: 'What is tried again. Once the server has the message, only with “idempotent” on.',
        options: [
          { value: 'unreachable', label: 'Not handed over' },
          { value: 'closed', label: 'Closed without an answer too' },
          { value: 'failed', label: 'Every failure' },
        ],
      }),
      idempotent: flag({
        default: false,
        label: 'Idempotent',
        help: 'The messages may be carried out twice: they are tried again also where a server may have begun the work (nginx’s non_idempotent; off by default).',
        said: ['may be carried out twice', 'never carried out twice'],
      }),
      backoffMs: number({
        default: 0,
        min: 0,
        max: 60_000,
        unit: 'ms',
        label: 'Backoff',
        help: 'The first retry waits up to this time at random, each further one up to twice as long, at most ten times (Envoy’s default: 25 ms. nginx waits for nothing; HAProxy 1 s for the same server).',
      }),
      budgetPercent: wholeNumber({
        default: 0,
        min: 0,
        max: 100,
        unit: '%',
        label: 'Budget',
        help: 'Retries under way are at most this share of all messages in flight and waiting, and never fewer than 3 (Envoy’s retry budget; its default: 20 %). 0: no budget.',
      }),
    },
  }),
  limits: feature({
    label: 'Circuit breaker by limits',
    help: 'Above a limit a message is refused at once, below it works again at once (Envoy’s circuit breakers).',
    settings: {
      maxInFlight: wholeNumber({
        default: 1024,
        min: 1,
        max: 100_000,
        label: 'In flight at most',
        help: 'Messages of the policy that servers have at once (Envoy’s max_requests; its default: 1024).',
      }),
      maxWaiting: wholeNumber({
        default: 1024,
        min: 0,
        max: 100_000,
        label: 'Waiting at most',
        help: 'Messages of the policy in its queue (Envoy’s max_pending_requests; its default: 1024).',
      }),
      maxRetries: wholeNumber({
        default: 3,
        min: 0,
        max: 100_000,
        label: 'Retries at once',
        help: 'Retries of the policy under way at once, not for one message (Envoy’s max_retries; its default: 3).',
      }),
    },
  }),
  breaker: feature({
    label: 'Circuit breaker with states',
    help: 'Each server has a breaker: closed, open after too many failures, then half open for a few trials (Resilience4j).',
    settings: {
      messages: wholeNumber({
        default: 100,
        min: 1,
        max: 10_000,
        label: 'Messages judged',
        help: 'The latest so many messages of the server are judged, once there are so many (Resilience4j’s slidingWindowSize; its default: 100).',
      }),
      failurePercent: wholeNumber({
        default: 50,
        min: 1,
        max: 100,
        unit: '%',
        label: 'Failures',
        help: 'At this share of failures the breaker opens (Resilience4j’s failureRateThreshold; its default: 50 %).',
      }),
      openMs: number({
        default: 60_000,
        min: 1,
        max: DAY_MS,
        unit: 'ms',
        label: 'Open for',
        help: 'After this time the breaker is half open (Resilience4j’s waitDurationInOpenState; its default: 60 s).',
      }),
      trials: wholeNumber({
        default: 10,
        min: 1,
        max: 1000,
        label: 'Trials',
        help: 'So many messages try the server while the breaker is half open; then their failures decide (Resilience4j’s permittedNumberOfCallsInHalfOpenState; its default: 10).',
      }),
    },
  }),
}
