// A list of no servers. There is one for everybody: an empty array for each message would cost time.

export const NOBODY: readonly never[] = []
