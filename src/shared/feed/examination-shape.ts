// The named fields of what the socket doctor keeps of one program.
import type { Examination, GotMessage, Symptom } from '../diagnosis/doctor/diagnosis'
import { amount, count, flag, listOf, optional, port, shape, text, whole } from './field'

export const examination = shape<Examination>('examination', {
  symptoms: listOf(
    shape<Symptom>('symptom', {
      diagnosis: text,
      times: count,
      since: amount,
      at: amount,
      seen: text,
      hex: optional(text),
      offset: optional(whole),
      packet: optional(whole),
      sent: count,
    }),
  ),
  registeredOn: optional(whole),
  sentBefore: optional(whole),
  fromPort: optional(port),
  inARow: optional(whole),
  got: optional(listOf(shape<GotMessage>('question', { exchange: whole, packet: whole }))),
  gotMore: optional(flag),
  changed: optional(listOf(whole)),
  disturbedUpTo: optional(whole),
  answers: optional(whole),
  accepted: optional(flag),
})
