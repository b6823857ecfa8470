// The text of an error, for a log or a person: anything can be thrown.

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
