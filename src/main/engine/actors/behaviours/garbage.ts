// Answers with bytes that are no message.
import type { Behaviour } from './behaviour'

const GARBAGE = new TextEncoder().encode('%$#!? 0x7f garbage')

export const garbage: Behaviour = () => ({ do: 'answer', kind: 'error', bytes: () => GARBAGE })
