/**
 * What a command asked for cannot be done; the message is for the person who asked. Where it quotes what that person
 * wrote, `inLog` says it without: a condition may name a payload.
 */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly inLog = message,
  ) {
    super(message)
  }
}
