// How the lab's own messages are spelled. Programs of the homework differ in what they take; most take only one spelling.

/** What is written as a text instead of a number, and the key of the policy. */
interface SpellingRules {
  readonly types: 'numbers' | 'texts'
  readonly ids: 'numbers' | 'texts'
  readonly ports: 'numbers' | 'texts'
  readonly registrationKey: 'privPolyId' | 'privPoliId'
  readonly questionKey: 'privPolyId' | 'privPoliId'
  /** For a person who chooses one. */
  readonly label: string
}

export const SPELLINGS = {
  assigned: {
    types: 'numbers',
    ids: 'numbers',
    ports: 'numbers',
    registrationKey: 'privPolyId',
    questionKey: 'privPoliId',
    label: 'as assigned: "type": 0, "privPolyId": 111',
  },
  texts: {
    types: 'texts',
    ids: 'texts',
    ports: 'texts',
    registrationKey: 'privPolyId',
    questionKey: 'privPoliId',
    label: 'numbers as texts: "type": "0", "privPolyId": "111"',
  },
  textsOneKey: {
    types: 'texts',
    ids: 'texts',
    ports: 'texts',
    registrationKey: 'privPoliId',
    questionKey: 'privPoliId',
    label: 'numbers as texts, and "privPoliId" in registrations, too',
  },
  idsAsTexts: {
    types: 'numbers',
    ids: 'texts',
    ports: 'numbers',
    registrationKey: 'privPoliId',
    questionKey: 'privPoliId',
    label: 'ids as texts, and "privPoliId" in registrations, too',
  },
  oneKey: {
    types: 'numbers',
    ids: 'numbers',
    ports: 'numbers',
    registrationKey: 'privPoliId',
    questionKey: 'privPoliId',
    label: 'as assigned, but "privPoliId" in registrations, too',
  },
} as const satisfies Readonly<Record<string, SpellingRules>>

export type Spelling = keyof typeof SPELLINGS
export const SPELLING_NAMES = Object.keys(SPELLINGS) as [Spelling, ...Spelling[]]
