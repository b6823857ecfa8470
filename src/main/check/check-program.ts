// Checks a program, whichever of the three it is.
import type { HomeworkResult } from '../../shared/check/result'
import {
  commandFault,
  commandPlaces,
  type ProgramKind,
  type ProgramSource,
  programByCommand,
  proxyAtPort,
  proxyByCommand,
} from '../programs'
import { checkClient } from './check-client'
import { checkProxy } from './check-proxy'
import { checkServer } from './check-server'
import { CLIENT_REQUIREMENTS } from './requirements/client'
import { PROXY_REQUIREMENTS } from './requirements/proxy'
import type { Requirement } from './requirements/requirement'
import { SERVER_REQUIREMENTS } from './requirements/server'
import type { CheckOptions } from './try-all'

interface ProgramCheck extends Omit<CheckOptions<never>, 'requirements'> {
  readonly kind: ProgramKind
  /** How the program is started, or the port that it listens on already. */
  readonly source: ProgramSource | { readonly port: number }
}

/** Rejects with an Error for the user if the program cannot be started. */
export async function checkProgram({
  kind,
  source,
  ...options
}: ProgramCheck): Promise<HomeworkResult> {
  if ('port' in source) {
    if (kind !== 'proxy') throw new Error(`A ${kind} is started by the check: give its --command.`)
    return checkProxy({ ...options, start: proxyAtPort(source.port), isShared: true })
  }
  const fault = commandFault(source.command, kind)
  if (fault !== undefined) throw new Error(fault)
  const places = commandPlaces(source.command)
  switch (kind) {
    case 'proxy':
      return checkProxy({ ...options, start: proxyByCommand(source) })
    case 'server':
      return checkServer({ ...options, start: programByCommand(source), places })
    case 'client':
      return checkClient({ ...options, start: programByCommand(source), places })
  }
}

export function requirementsOf(kind: ProgramKind): readonly Requirement<never>[] {
  switch (kind) {
    case 'proxy':
      return PROXY_REQUIREMENTS
    case 'server':
      return SERVER_REQUIREMENTS
    case 'client':
      return CLIENT_REQUIREMENTS
  }
}
