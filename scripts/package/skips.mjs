// What cannot be made on this machine, and how that is told from what goes wrong.

/** What the network says where a download cannot be reached. */
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|HTTPError|fetch failed/

/** The line of an error that tells of a download out of reach; undefined for every other error. */
export function unreachable(error) {
  const text = String(error?.stack ?? error)
  return text
    .split('\n')
    .find((line) => UNREACHABLE.test(line))
    ?.trim()
}

/** Keeps what was left out, with the reason and what to do, and whether it was asked for by name. */
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
