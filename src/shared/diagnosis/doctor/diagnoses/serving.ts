// What several diagnoses of servers look for.
import type { Observation } from '../diagnosis'

/** A message could not be given to it, or was not answered in time. */
export function isNotServing(observation: Observation): boolean {
  return isRefused(observation) || isSilent(observation)
}

/** Nothing listens on its port, also after further attempts. */
export function isRefused(observation: Observation): boolean {
  return observation.of === 'socket' && observation.fact.what === 'refused'
}

/** It has a whole message, and has not answered it in time. */
export function isSilent(observation: Observation): boolean {
  return (
    observation.of === 'failed' &&
    observation.reason === 'SERVER_TIMEOUT' &&
    observation.question !== undefined
  )
}
