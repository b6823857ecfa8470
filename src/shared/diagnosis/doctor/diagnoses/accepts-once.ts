import type { Diagnosis } from '../diagnosis'
import { isNotServing, isSilent } from './serving'

export const acceptsOnce: Diagnosis = {
  id: 'accepts-once',
  gravity: 'stops',
  title: 'Accepts one connection only',
  why: 'The proxy opens a connection for each message. The first one was answered, and the next one was never served: accept() was called once, or the program ended after its first answer.',
  mend: 'Put accept() and what follows it into a loop.',
  python: 'while True: connection, _ = listener.accept(); serve(connection)',
  covers: ['never-answers', 'never-listens'],
  seen(observation, { answers, registrationIsOpen }) {
    // A program that refuses may have ended, unless it still holds a connection.
    const isIll = registrationIsOpen ? isNotServing(observation) : isSilent(observation)
    if (answers !== 1 || !isIll) return undefined
    return { text: 'It answered its first message. The next one came to nothing.' }
  },
}
