import type { Diagnosis } from '../diagnosis'
import { isSilent } from './serving'

export const neverAnswers: Diagnosis = {
  id: 'never-answers',
  gravity: 'stops',
  title: 'Does not answer',
  why: 'It had the whole message, and sent nothing within the time that the proxy waits. It may never have called accept() or recv(), wait for something else, or be stuck.',
  mend: 'Accept the connection, read the message, and send the answer on the same connection.',
  python: 'connection, _ = listener.accept(); …; connection.sendall(json.dumps(answer).encode())',
  seen(observation) {
    if (!isSilent(observation) || observation.of !== 'failed') return undefined
    const packet = observation.question?.packet
    return {
      text: `It got a message${packet === undefined ? '' : ` (packet ${packet})`} and sent nothing.`,
    }
  },
}
