// Settings of health features for tests: what the real ones were measured with.

export const HAPROXY_CHECKS = {
  way: 'connect',
  intervalMs: 2_000,
  fall: 3,
  rise: 2,
  outside: false,
  errorLimit: 0,
} as const

export const ENVOY_OUTLIERS = {
  consecutiveErrors: 5,
  intervalMs: 10_000,
  baseEjectionMs: 30_000,
  maxEjectionMs: 300_000,
  maxPercent: 10,
  alwaysOne: false,
}

export const HAPROXY_SLOW_START = {
  way: 'haproxy',
  windowMs: 10_000,
  aggression: 1,
  minPercent: 10,
} as const
