// What cannot be made on this machine, and how errors tell that.

/** Network errors of a download that cannot be reached. */
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|HTTPError|fetch failed/

/** Returns the line of an error about an unreachable download; undefined for any other error. */
export function unreachable(error) {
  const text = String(error?.stack ?? error)
  return text
    .split('\n')
    .find((line) => UNREACHABLE.test(line))
    ?.trim()
}

/**
 * Keeps what was left out, with the reason and the remedy, and whether it was asked for by name.
 */
export class Skips {
  #lines = []
  #failed = false

  add(name, reason, byName) {
    this.#lines.push(`Skipped: ${name}, because ${reason}.`)
    this.#failed ||= byName
  }

  get lines() {
    return this.#lines
  }

  get exitCode() {
    return this.#failed ? 1 : 0
  }
}
