// Addresses of this machine.

/** Only programs on this machine have such an address. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** Two addresses of this machine lead to the same programs, in practice. */
export function isSameMachine(one: string, other: string): boolean {
  return one === other || (isLoopback(one) && isLoopback(other))
}
