// What a wrong message was meant to be: a field under a name that is nearly right, a type in words. Only for messages with
// a fault or a note.

type Fields = Readonly<Record<string, unknown>>

const POLICY = [
  'policy',
  'policyid',
  'privacypolicy',
  'privacypolicyid',
  'privpolicy',
  'pp',
  'ppid',
]

/** Other words for a field, without capitals and underscores. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  type: ['kind', 'msgtype', 'messagetype', 'packettype', 'typeid'],
  srcid: ['id', 'src', 'source', 'sourceid', 'sender', 'senderid', 'client', 'clientid', 'from'],
  destid: ['dst', 'dest', 'dstid', 'destination', 'destinationid', 'to', 'client', 'clientid'],
  id: ['server', 'serverid', 'srvid', 'srcid'],
  privPoliId: POLICY,
  privPolyId: POLICY,
  listenport: ['port', 'serverport', 'listeningport', 'listen'],
  payload: ['data', 'message', 'msg', 'text', 'body', 'content', 'hash'],
  payloadsize: ['size', 'length', 'len', 'payloadlen', 'payloadlength'],
}

const LONGEST_NAME = 40
const MOST_NAMES = 100

/** ` There is "privPolId": is privPoliId meant?`; empty where no field has such a name. */
export function nearNameWords(fields: Fields, wanted: string): string {
  const near = nearName(Object.keys(fields).slice(0, MOST_NAMES), wanted)
  return near === undefined ? '' : ` There is ${JSON.stringify(near)}: is ${wanted} meant?`
}

function nearName(names: readonly string[], wanted: string): string | undefined {
  const others = names.filter((name) => name.length <= LONGEST_NAME && !isOther(name, wanted))
  const plainWanted = plain(wanted)
  const allowed = wanted.length <= 5 ? 1 : 2
  return (
    others.find((name) => plain(name) === plainWanted) ??
    others.find((name) => name.length > 2 && distance(plain(name), plainWanted) <= allowed) ??
    others.find((name) => OTHER_WORDS[wanted]?.includes(plain(name)))
  )
}

/** The name itself, or one of the protocol that means something else. */
function isOther(name: string, wanted: string): boolean {
  return (
    name === wanted || (Object.hasOwn(OTHER_WORDS, name) && !OTHER_WORDS[wanted]?.includes(name))
  )
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '')
}

/** How many letters are wrong, missing, too many, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      if (row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      }
      current.push(cost)
    }
    before = last
    last = current
  }
  return last[b.length] ?? 0
}

/** ` The message stands in the field "data": send it by itself.`; empty where no field holds one. */
export function wrappedWords(fields: Fields): string {
  const holder = Object.keys(fields)
    .slice(0, MOST_NAMES)
    .find((name) => name.length <= LONGEST_NAME && holdsMessage(fields[name]))
  return holder === undefined
    ? ''
    : ` The message stands in the field ${JSON.stringify(holder)}: send it by itself.`
}

function holdsMessage(value: unknown): boolean {
  if (typeof value === 'string') return /^\s*\{\s*"/.test(value)
  return typeof value === 'object' && value !== null && 'type' in value
}

const TYPES = ['a message of a client is 0', 'a registration is 1', 'an answer is 2'] as const

const POLICY_KEYS = ['privPoliId', 'privPolyId']
/** By type, the fields that it needs; of a group, one. */
const NEEDED: readonly (readonly (readonly string[])[])[] = [
  [['srcid'], POLICY_KEYS, ['payload']],
  [['id'], POLICY_KEYS, ['listenport']],
  [['srcid'], ['destid'], ['payload']],
]

/** ` The fields are those of another type: a registration is 1.`; empty where no other type has them all. */
export function otherTypeWords(fields: Fields): string {
  const meant = ([0, 1, 2] as const).find((type) =>
    NEEDED[type]?.every((names) => names.some((name) => fields[name] !== undefined)),
  )
  return meant === undefined ? '' : ` The other fields are those of another type: ${TYPES[meant]}.`
}

const TYPE_WORDS: readonly (readonly [RegExp, 0 | 1 | 2])[] = [
  [/reg|server|join|hello/i, 1],
  [/answer|resp|reply|result|hash/i, 2],
  [/client|quest|req|query|data|msg|mess|send|ask/i, 0],
]

/** `: a registration is 1`, by the type’s word or by the other fields; empty where nothing tells. */
export function meantTypeWords(type: unknown, fields: Fields): string {
  const word = typeof type === 'string' ? TYPE_WORDS.find(([is]) => is.test(type))?.[1] : undefined
  const meant = word ?? typeByFields(fields)
  return meant === undefined ? '' : `: ${TYPES[meant]}`
}

function typeByFields(fields: Fields): 0 | 1 | 2 | undefined {
  if ('listenport' in fields) return 1
  if ('destid' in fields) return 2
  return 'payload' in fields ? 0 : undefined
}
