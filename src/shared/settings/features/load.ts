// Features of a pool for servers that are full and messages that fail. Each is off by default, and says whose way and whose
// defaults it has.
import { choice, duration, feature, flag, percent, wholeNumber } from '../setting'

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
        help: 'So many messages may wait.',
        whose: 'Envoy’s max_pending_requests; HAProxy has no limit',
      }),
      timeoutMs: duration({
        default: 5000,
        label: 'Longest wait',
        help: 'After this time a message that waits is refused.',
        whose: 'HAProxy’s timeout queue, there the connect timeout',
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
        help: 'For one message.',
        whose: 'HAProxy’s retries; Envoy’s num_retries is 1',
      }),
      to: choice({
        default: 'other',
        label: 'Where to',
        help: 'Another server, or the same one and another at the last retry.',
        whose: 'nginx, and HAProxy with redispatch',
        options: [
          { value: 'other', label: 'Another server' },
          { value: 'same', label: 'The same, another at last' },
        ],
      }),
      on: choice({
        default: 'unreachable',
        label: 'On',
        help: 'What is tried again. Once the server has the message, only with “idempotent” on.',
        whose: 'nginx and HAProxy',
        options: [
          { value: 'unreachable', label: 'Not handed over' },
          { value: 'closed', label: 'Closed without an answer too' },
          { value: 'failed', label: 'Every failure' },
        ],
      }),
      idempotent: flag({
        default: false,
        label: 'Idempotent',
        help: 'The messages may be carried out twice: they are tried again also where a server may have begun the work.',
        whose: 'nginx’s non_idempotent',
        said: ['may be carried out twice', 'never carried out twice'],
      }),
      backoffMs: duration({
        default: 0,
        min: 0,
        max: 60_000,
        label: 'Backoff',
        help: 'The first retry waits up to this time at random, each further one up to twice as long, at most ten times.',
        whose: 'nginx; Envoy waits up to 25 ms, HAProxy 1 s for the same server',
      }),
      budgetPercent: percent({
        default: 0,
        label: 'Budget',
        help: 'Retries under way are at most this share of all messages in flight and waiting, and never fewer than 3; 0: no budget.',
        whose: 'HAProxy and nginx; Envoy’s retry budget is 20 % when on',
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
        help: 'Messages of the policy that servers have at once.',
        whose: 'Envoy’s max_requests',
      }),
      maxWaiting: wholeNumber({
        default: 1024,
        min: 0,
        max: 100_000,
        label: 'Waiting at most',
        help: 'Messages of the policy in its queue.',
        whose: 'Envoy’s max_pending_requests',
      }),
      maxRetries: wholeNumber({
        default: 3,
        min: 0,
        max: 100_000,
        label: 'Retries at once',
        help: 'Retries of the policy under way at once, not for one message.',
        whose: 'Envoy’s max_retries',
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
        help: 'The latest so many messages of the server are judged, once there are so many.',
        whose: 'Resilience4j’s slidingWindowSize',
      }),
      failurePercent: percent({
        default: 50,
        min: 1,
        label: 'Failures',
        help: 'At this share of failures the breaker opens.',
        whose: 'Resilience4j’s failureRateThreshold',
      }),
      openMs: duration({
        default: 60_000,
        label: 'Open for',
        help: 'After this time the breaker is half open.',
        whose: 'Resilience4j’s waitDurationInOpenState',
      }),
      trials: wholeNumber({
        default: 10,
        min: 1,
        max: 1000,
        label: 'Trials',
        help: 'So many messages try the server while the breaker is half open; then their failures decide.',
        whose: 'Resilience4j’s permittedNumberOfCallsInHalfOpenState',
      }),
    },
  }),
}
