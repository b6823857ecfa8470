// How the engine has other programs started. The desktop app and the web host provide it; a lab in memory does not.
import type { ForeignKind } from './foreign-proxy'
import type { ProtocolId } from './ids'
import type { State } from './state/state'

/** What is to stand in the proxy's place. */
export type ProxyWish =
  | { readonly kind: 'haproxy' | 'nginx'; readonly state: State }
  | { readonly kind: 'program'; readonly command: string; readonly folder: string | undefined }
  | { readonly kind: 'running'; readonly port: number }

export interface StartedProxy {
  /** `HAProxy 2.6.12`. */
  readonly name: string
  readonly host: string
  readonly port: number
  /** Where a policy has a port of its own. */
  readonly portOf?: ReadonlyMap<ProtocolId, number>
  /** Ends it with all that it has started. Does nothing to one that ran before. */
  stop(): Promise<void>
}

interface ProxyWatcher {
  /** A line that it has printed. */
  onLine(text: string): void
  /** It has ended by itself: how, and its last words. */
  onEnd(how: string): void
}

export interface ProxyPrograms {
  /** Resolves when it listens. Rejects with an Error for the user, with the program's last words, if it does not. */
  start(wish: ProxyWish, watcher: ProxyWatcher): Promise<StartedProxy>
}

export function hasConfiguration(kind: ForeignKind): boolean {
  return kind === 'haproxy' || kind === 'nginx'
}
