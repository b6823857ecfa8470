// The error of a switch that meets a case which it does not know.

/** Takes a value that is `never` to the compiler: a new case without a branch of its own does not compile. */
export function unexpected({ type }: { readonly type: unknown }): Error {
  return new Error(`Nothing is done about the type ${String(type)}.`)
}
