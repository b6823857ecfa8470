// What a proxy in a process of its own says to the benchmark: its port, when all servers have registered, and its own CPU
// time when asked.

export type ProxyReport =
  | { type: 'listening'; port: number }
  | { type: 'registered' }
  | { type: 'cpu'; microseconds: number }

/** `end` is called when the benchmark has ended. */
export function obeyBench(port: number, end: () => void): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    report({ type: 'cpu', microseconds: user + system })
  })
  process.on('disconnect', end)
  report({ type: 'listening', port })
}

export function reportRegistered(): void {
  report({ type: 'registered' })
}

function report(message: ProxyReport): void {
  process.send?.(message)
}
