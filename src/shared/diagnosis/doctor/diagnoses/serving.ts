// What several diagnoses of servers look for.
import type { Role } from '../../../ids'
import type { SocketNoted } from '../../../socket-noted'
import type { Observation } from '../diagnosis'

/** A program that closes by itself does so at once; later, a person may have ended it (Ctrl+C). */
const AT_ONCE_MS = 1_000

/**
 * It broke a connection off although it runs on, or so soon that no person has ended it. Of a server it is known whether it
 * runs on, where the system tells who listens.
 */
export function brokeOffItself(fact: SocketNoted, role: Role): boolean {
  if (fact.hasEnded) return false
  return role === 'server' || (fact.idleMs ?? 0) <= AT_ONCE_MS
}

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
