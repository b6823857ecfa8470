// An answer or the truth in words, for the page and for results.
import { listed } from '../format'
import type { Answer } from './answer'
import { whoWords } from './judge'
import type { Ask } from './lesson'
import { numberWords, percentWords } from './number-words'

/** That no server gets the message, among the answers to choose from. */
export const NOBODY_WORDS = 'Nobody gets it'

/** `server 300`, `300, 500 and 300`, `60 % for 100 and 40 % for 300`, `120 ms`, or the text of a choice. */
export function answerWords(ask: Ask, answer: Answer): string {
  switch (answer.kind) {
    case 'server':
      return whoWords(answer.server)
    case 'other':
      return (ask.ask === 'server' ? ask.others?.[answer.index] : undefined) ?? 'something else'
    case 'order':
      return listed(answer.servers)
    case 'share':
      return listed(
        answer.shares.map(({ server, percent }) => `${percentWords(percent)} for ${server}`),
      )
    case 'number': {
      const unit = ask.ask === 'number' ? (ask.unit ?? '') : ''
      return `${numberWords(answer.value)}${unit === '' ? '' : ` ${unit}`}`
    }
    case 'choice':
      return (ask.ask === 'choice' ? ask.choices[answer.index]?.text : undefined) ?? ''
  }
}
