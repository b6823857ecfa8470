// Other ways to write a message's fields as bytes: by a library of the language, or in another format.
import { magic, pattern, type Recogniser, serialisation } from './finding'

const USE_JSON = 'Send a JSON object.'
const USE_DUMPS = 'Use json.dumps(…).encode() instead of'
const STRUCT_WORDS = 'Send the fields as a JSON object, with their names.'

export const SERIALISATIONS: readonly Recogniser[] = [
  pattern(
    'pickle',
    /^(?:\x80[\x02-\x05][^{]|\([dlti]p?\d|c(?:__main__|copy_reg|copyreg|_codecs|collections)\n|[}\]]q[\0\x01]|\(i__main__)/,
    /^(?:\x80[\x02-\x05]?|\((?:[dlti]p?|i_{0,2}m?a?i?n?_{0,2})?|c[a-z_]{0,11}|[}\]]q?)$/,
    serialisation('Python’s pickle', `${USE_DUMPS} pickle.dumps.`),
  ),
  pattern(
    'marshal of Python',
    /^(?:\xfb|\{[\xda\xfaZz][\0-\x7f])/,
    /^\{(?:[\xda\xfaZz])?$/,
    serialisation('Python’s marshal', `${USE_DUMPS} marshal.dumps.`),
  ),
  magic(
    'Java object',
    ['\xac\xed'],
    serialisation(
      'a serialised Java object',
      'Instead of ObjectOutputStream, write a JSON text’s bytes.',
    ),
  ),
  pattern(
    'PHP serialize',
    /^(?:a:\d{1,5}:\{|O:\d{1,3}:"|s:\d{1,6}:")/,
    /^(?:a(?::(?:\d{1,5}:?)?)?|O(?::(?:\d{1,3}:?)?)?|s(?::(?:\d{1,6}:?)?)?)$/,
    serialisation('PHP’s serialize()', 'Use json_encode instead.'),
  ),
  pattern(
    'Marshal of Ruby',
    /^\x04\x08/,
    /^\x04$/,
    serialisation('Ruby’s Marshal', 'Use JSON.generate or to_json instead of Marshal.dump.'),
  ),
  magic(
    '.NET BinaryFormatter',
    ['\0\x01\0\0\0\xff\xff\xff\xff'],
    serialisation('.NET’s BinaryFormatter', 'Use JsonSerializer.SerializeToUtf8Bytes instead.'),
  ),
  pattern(
    'Thrift',
    /^(?:\x80\x01\0[\x01-\x04]|\x82[!A])/,
    /^(?:\x80(?:\x01\0?)?|\x82)$/,
    serialisation('a Thrift call', USE_JSON),
  ),
  pattern(
    'MessagePack',
    /^(?:[\x81-\x8f]|\xde[\s\S]{2})(?:[\xa1-\xbf]|\xd9[\s\S])[A-Za-z_]/,
    /^(?:[\x81-\x8f](?:[\xa1-\xbf]|\xd9[\s\S]?)?|\xde(?:[\s\S](?:[\s\S](?:[\xa1-\xbf]|\xd9[\s\S]?)?)?)?)$/,
    serialisation('MessagePack', `${USE_JSON} In Python use json.dumps instead of msgpack.packb.`),
  ),
  pattern(
    'CBOR',
    /^(?:\xd9\xd9\xf7|(?:[\xa1-\xb7]|\xb8[\s\S]|\xbf)(?:[a-w]|x[\s\S])[A-Za-z_])/,
    /^(?:\xd9\xd9?|(?:[\xa1-\xb7]|\xb8[\s\S]?|\xbf)(?:[a-w]|x[\s\S]?)?)$/,
    serialisation('CBOR', `${USE_JSON} In Python use json.dumps instead of cbor2.dumps.`),
  ),
  pattern(
    'BSON',
    /^[\s\S]{2}\0\0[\x01-\x05\x08\x09\x10\x12][A-Za-z_]\w{1,20}\0/,
    /^[\s\S]{1,2}\0{0,2}$|^[\s\S]{2}\0\0[\x01-\x05\x08\x09\x10\x12](?:[A-Za-z_]\w{0,20})?$/,
    serialisation('BSON', USE_JSON),
  ),
  pattern(
    'Erlang term',
    /^\x83[ahjklmtw]/,
    /^\x83$/,
    serialisation('an Erlang term (term_to_binary)', 'Use json:encode or Jason.encode! instead.'),
  ),
  pattern(
    'gob of Go',
    /^[\x10-\x7f]\xff[\x80-\x8f]\x03\x01/,
    /^[\x10-\x7f](?:\xff(?:[\x80-\x8f]\x03?)?)?$/,
    serialisation('Go’s gob', 'Use json.NewEncoder instead of gob.NewEncoder.'),
  ),
  magic('Avro', ['Obj\x01'], serialisation('an Avro container', USE_JSON)),
  magic('property list', ['bplist0'], serialisation('a binary property list', USE_JSON)),
  magic('Smile', [':)\n'], serialisation('Smile, the binary JSON of Jackson', USE_JSON)),
  magic('Ion', ['\xe0\x01\0\xea'], serialisation('Amazon Ion', USE_JSON)),
  pattern(
    'bencode',
    /^d\d{1,2}:[A-Za-z_]/,
    /^d(?:\d{1,2}:?)?$/,
    serialisation('bencode', USE_JSON),
  ),
  pattern(
    'UBJSON',
    /^\{[iU][\x01-\x40][A-Za-z_]/,
    /^\{(?:[iU][\x01-\x40]?)?$/,
    serialisation('UBJSON', USE_JSON),
  ),
  pattern(
    'protobuf',
    /^\x08[\0-\x7f](?:\x10[\0-\x7f](?:\x18|"|\x1a)|\x12[\x01-\x7f][ -~]|\x1a[\x01-\x7f][ -~])/,
    /^\x08(?:[\0-\x7f](?:\x10[\0-\x7f]?|[\x12\x1a][\x01-\x7f]?)?)?$/,
    serialisation('a Protocol Buffers message', USE_JSON),
  ),
  pattern(
    'numbers of fixed size',
    /^(?:\0{3}[\0-\x02]\0{2}[\s\S]{2}|[\0-\x02]\0{3}[\s\S]{2}\0{2}|\0[\0-\x02]\0[\s\S]\0[\s\S]|[\x01\x02]\0[\s\S]\0[\s\S]\0)/,
    /^(?:\0{1,3}|\0{3}[\0-\x02]\0{0,2}|\0{3}[\0-\x02]\0{2}[\s\S]|[\0-\x02]\0{0,3}|[\0-\x02]\0{3}[\s\S]{1,2}\0?|\0[\0-\x02](?:\0(?:[\s\S](?:\0[\s\S]?)?)?)?|[\x01\x02]\0[\s\S]\0?|[\x01\x02]\0[\s\S]\0[\s\S])$/,
    serialisation(
      'numbers of a fixed size (a C struct, struct.pack or DataOutputStream)',
      STRUCT_WORDS,
    ),
  ),
  pattern(
    'XML',
    /^<(?:\?xml|[A-Za-z][\w:.-]{0,40}[ />])/,
    /^<(?:\?(?:xm?)?|[A-Za-z][\w:.-]{0,40})?$/,
    serialisation('XML', USE_JSON),
  ),
  pattern('HTML', /^<!/, /^<$/, serialisation('an HTML page', USE_JSON)),
  pattern(
    'form of a web page',
    /^[A-Za-z_]\w{0,30}=[^&\s{"']{0,60}&/,
    /^[A-Za-z_]\w{0,30}(?:=[^&\s{"']{0,60})?$/,
    serialisation(
      'urlencoded, as a web form is sent',
      'Use json.dumps instead of urlencode, JSON.stringify instead of URLSearchParams.',
    ),
  ),
  pattern(
    'YAML',
    /^(?:---|[A-Za-z_]\w{0,30}: ?[^\s{[][^\r\n]{0,60}\r?\n|[A-Za-z_]\w{0,30}:\r?\n)/,
    /^(?:--?|[A-Za-z_]\w{0,30}(?:: ?(?:[^\s{[][^\r\n]{0,60})?\r?)?)$/,
    serialisation('YAML, or lines of "key: value"', USE_JSON),
  ),
  pattern(
    'TOML or INI',
    /^(?:\[\w{1,30}\]\r?\n|[A-Za-z_]\w{0,30} ?= ?[^\s{][^\r\n]{0,60}\r?\n)/,
    /^(?:\[(?:[A-Za-z_]\w{0,29}(?:\]\r?)?)?|[A-Za-z_]\w{0,30} ?(?:= ?(?:[^\s{][^\r\n]{0,60}\r?)?)?)$/,
    serialisation('TOML, or lines of "key = value"', USE_JSON),
  ),
  pattern(
    'values between commas',
    /^(?:[012]|type|[A-Z]{2,12})[,;|\t][\w. ]{0,20}[,;|\t]/,
    /^(?:[012]|t(?:y(?:pe?)?)?|type|[A-Z]{1,12})(?:[,;|\t][\w. ]{0,20})?$/,
    serialisation(
      'values between commas (CSV)',
      'Send a JSON object: each value has its name there.',
    ),
  ),
  pattern(
    'S-expression',
    /^\(\(?[A-Za-z:]{1,20} /,
    /^\(\(?[A-Za-z:]{0,20}$/,
    serialisation('an S-expression', USE_JSON),
  ),
]
