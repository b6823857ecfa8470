// For plays: what one call caused, in words, and whether that was expected.
import { expect } from 'vitest'

export class Caused {
  private compared = false

  constructor(
    private readonly cause: string,
    private readonly words: readonly string[],
  ) {}

  /** Fails unless these are all effects, in this order. */
  causes(...expected: string[]): void {
    this.compared = true
    expect(this.words).toEqual(expected)
  }

  /** Fails unless a server is chosen and dialled, and nothing else happens; returns the connection's name. */
  dials(): string {
    const name = this.words[1]?.replace('start connect ', '') ?? ''
    const { server, port } =
      /^(?<server>.*)\/.* on port (?<port>.*)$/.exec(this.words[2] ?? '')?.groups ?? {}
    expect(server).toBe(`dial ${name.split('/')[0]}`)
    this.causes('report decision.made', `start connect ${name}`, `dial ${name} on port ${port}`)
    return name
  }

  finish(): void {
    if (this.compared || this.words.length === 0) return
    throw new Error(`Nobody expected what "${this.cause}" caused: ${this.words.join(', ')}.`)
  }
}
