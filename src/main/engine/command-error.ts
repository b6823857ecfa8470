/**
 * A command that cannot be carried out; the message is for the person who gave it. `inLog` says the same without quoting
 * that person: a breakpoint's condition may contain a payload.
 */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly inLog = message,
  ) {
    super(message)
  }
}
