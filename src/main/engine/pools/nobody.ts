// A list of no servers.
import type { ProtocolId } from '../../../shared/ids'

export const NOBODY: readonly ProtocolId[] = []
