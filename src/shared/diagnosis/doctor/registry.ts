// The diagnoses, the gravest first: in this order they are listed.

import { acceptsOnce } from './diagnoses/accepts-once'
import { answersTwice } from './diagnoses/answers-twice'
import { breaksOff } from './diagnoses/breaks-off'
import { closesUnread } from './diagnoses/closes-unread'
import { closesWithoutAnswer } from './diagnoses/closes-without-answer'
import { leavesBeforeAnswer } from './diagnoses/leaves-before-answer'
import { listensElsewhere } from './diagnoses/listens-elsewhere'
import * as messages from './diagnoses/messages'
import { neverAnswers } from './diagnoses/never-answers'
import { neverListens } from './diagnoses/never-listens'
import { oneHashObject } from './diagnoses/one-hash-object'
import { listensOnOtherLoopback } from './diagnoses/other-loopback'
import { ownSourcePort } from './diagnoses/own-source-port'
import { readsLines } from './diagnoses/reads-lines'
import { readsUntilEnd } from './diagnoses/reads-until-end'
import { waitsAtRegistration } from './diagnoses/waits-at-registration'
import { writesInPieces } from './diagnoses/writes-in-pieces'
import { wrongDestid } from './diagnoses/wrong-destid'
import { answersWrongHash } from './diagnoses/wrong-hash'
import { wrongSrcid } from './diagnoses/wrong-srcid'
import type { Diagnosis, Gravity } from './diagnosis'

export const GRAVITIES: Readonly<Record<Gravity, string>> = {
  stops: 'It does not work',
  wrong: 'Some of it is wrong or lost',
  fragile: 'It works here, and may not elsewhere',
}

export const DIAGNOSES: readonly Diagnosis[] = [
  messages.unreadable,
  messages.noMessage,
  listensElsewhere,
  waitsAtRegistration,
  neverListens,
  acceptsOnce,
  readsLines,
  readsUntilEnd,
  closesUnread,
  closesWithoutAnswer,
  neverAnswers,
  leavesBeforeAnswer,
  breaksOff,
  oneHashObject,
  messages.notAHash,
  messages.hashInCapitals,
  answersWrongHash,
  wrongDestid,
  wrongSrcid,
  answersTwice,
  messages.repeatedField,
  ownSourcePort,
  listensOnOtherLoopback,
  writesInPieces,
  messages.payloadsizeWrong,
  messages.payloadsizeMissing,
  messages.policyKey,
  messages.numbersAsTexts,
]

/** Ids of those that a new start of the program does not mend. */
export const LASTING_DIAGNOSES: ReadonlySet<string> = new Set(
  DIAGNOSES.filter(({ outlivesStart }) => outlivesStart).map(({ id }) => id),
)
