// A person's consent, in a native dialog, before the page has a program started: foreign code in the page can ask for a start,
// but cannot answer. Each command is asked for once in a run of the app.
import type { ProxyPrograms } from '../../shared/proxy-programs'

type Ask = (command: string, folder: string) => Promise<boolean>

/** `ask`: opens the dialog. Starts that wait for the same answer share one dialog. */
export function askedOnce(ask: Ask): Ask {
  const answers = new Map<string, Promise<boolean>>()
  return async (command, folder) => {
    const key = JSON.stringify([command, folder])
    const answer = answers.get(key) ?? ask(command, folder)
    answers.set(key, answer)
    const isAllowed = await answer.catch(() => false)
    // A person who has refused may change their mind.
    if (!isAllowed) answers.delete(key)
    return isAllowed
  }
}

/** HAProxy and nginx need none: their command is the engine's own. */
export function withConsent(
  programs: ProxyPrograms,
  mayStart: Ask,
  refusal: string,
): ProxyPrograms {
  return {
    async start(wish, watcher) {
      if (wish.kind === 'program' && !(await mayStart(wish.command, wish.folder ?? ''))) {
        throw new Error(refusal)
      }
      return programs.start(wish, watcher)
    },
  }
}
