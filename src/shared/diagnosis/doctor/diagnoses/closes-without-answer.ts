import type { Diagnosis } from '../diagnosis'

export const closesWithoutAnswer: Diagnosis = {
  id: 'closes-without-answer',
  gravity: 'stops',
  title: 'Closes without an answer',
  why: 'It had the message, and its connection ended without an answer. An exception between recv() and sendall() does that, and so does an answer that is written to another socket. (If you ended the program yourself just then, nothing is wrong.)',
  mend: 'Look at its terminal for an exception. Send the answer on the connection that the message came on, before you close it.',
  python: 'connection.sendall(json.dumps(answer).encode()); connection.close()',
  seen(observation) {
    if (observation.of !== 'failed' || observation.reason !== 'SERVER_CLOSED') return undefined
    if (observation.question === undefined) return undefined
    return {
      text: `It got packet ${observation.question.packet}, and ended the connection without a byte.`,
    }
  },
}
