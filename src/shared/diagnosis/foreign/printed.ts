// Objects as a language prints them, JSON in quotes, and JSON with a label: text that looks like a message to its author.
import { magic, notJson, pattern, type Recogniser } from './finding'

const DUMPS = 'Send what json.dumps returns, encoded: json.dumps(message).encode().'

export const PRINTED: readonly Recogniser[] = [
  pattern(
    'bytes as Python prints them',
    /^[bB][rR]?['"]/,
    /^[bB][rR]?$/,
    notJson(
      "The text is Python’s b'…', bytes as str() prints them. Send the bytes themselves, without str().",
    ),
  ),
  pattern(
    'JSON in a JSON text',
    /^"\s{0,4}(?:\\[nrt]){0,4}\s{0,4}[{[]/,
    /^"\s{0,4}(?:\\[nrt]){0,4}\s{0,4}\\?$/,
    {
      code: 'NOT_AN_OBJECT',
      text: 'The message is a JSON text in which another JSON text stands. Encode it once: leave out one json.dumps or JSON.stringify.',
    },
  ),
  pattern(
    'JSON in quotes',
    /^[uUrRfF]?(?:['`\x91\x93]|\xe2\x80[\x98\x9c\x9e]){1,3}\s{0,4}[{[]/,
    /^[uUrRfF]?(?:(?:['`\x91\x93]|\xe2\x80[\x98\x9c\x9e]){1,3}\s{0,4}|(?:['`\x91\x93]|\xe2\x80[\x98\x9c\x9e]){0,2}(?:\xe2\x80?)?)$/,
    notJson('The message stands in quotes. Send the JSON object itself, without quotes around it.'),
  ),
  pattern(
    'object of JavaScript as text',
    /^\[object /,
    /^\[o?b?j?e?c?t?$/,
    notJson(
      'The text is "[object Object]", an object of JavaScript as it prints. Use JSON.stringify.',
    ),
  ),
  pattern(
    'object of Python as text',
    /^<(?:__main__|[\w.]{1,40} object at|class '|socket\.|coroutine |function |dict_)/,
    /^<(?:[\w.]{0,40}|[\w.]{1,40} (?:o(?:b(?:j(?:e(?:c(?:t(?: (?:a)?)?)?)?)?)?)?)?|class (?:')?)$/,
    notJson(`The text is an object of Python as it prints. ${DUMPS}`),
  ),
  pattern(
    'object of Java as text',
    /^(?:\[[BCILZ]|(?:[\w$]{1,40}\.){0,6}[A-Z][\w$]{0,40})@[0-9a-f]{1,8}/,
    /^(?:\[(?:[BCILZ]@?)?|(?:[\w$]{1,40}\.){0,6}(?:[\w$]{0,40}|[A-Z][\w$]{0,40}@))$/,
    notJson(
      'The text is an object of Java as toString() prints it. Send the bytes of its JSON text.',
    ),
  ),
  pattern(
    'map of Go or record as text',
    /^(?:map\[|&?(?:[A-Za-z_]\w{0,30}\.)?[A-Z]\w{1,40} ?[({[] ?["'.:]?[A-Za-z_]\w{0,30}["']? ?[=:]|dict\(|OrderedDict\(|defaultdict\(|Counter\(|%\{|#\{|#<|\$VAR1|array ?\(|stdClass)/,
    /^(?:m(?:ap?)?|&?(?:[A-Za-z_]\w{0,30}\.?)?|&?(?:[A-Za-z_]\w{0,30}\.)?[A-Z]\w{1,40} ?(?:[({[] ?["'.:]?(?:[A-Za-z_]\w{0,30}["']? ?)?)?|%|#|\$V?A?R?|array ?)$/,
    notJson(
      'The text is an object as the language prints it (Go, Rust, Kotlin, Ruby, PHP, Perl …). Use its JSON library.',
    ),
  ),
  pattern(
    'no value',
    /^(?:undefined|null|None|nil|NULL|True|False|true|false|NaN|nullptr)(?![A-Za-z_0-9])/,
    /^(?:u(?:n(?:d(?:e(?:f(?:i(?:n(?:ed?)?)?)?)?)?)?)?|n(?:u(?:l(?:l(?:p(?:t(?:r)?)?)?)?)?)?|ni|nil|N(?:o(?:ne?)?|a|aN|U(?:LL?)?)?|T(?:r(?:ue?)?)?|F(?:a(?:l(?:se?)?)?)?|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|undefined)$/,
    ([word]) => ({
      code: 'NOT_AN_OBJECT',
      text: `The text is ${JSON.stringify(word)}: the variable that is sent holds no message.`,
    }),
  ),
  pattern('several messages in an array', /^\[\s{0,4}\{/, /^\[\s{0,4}$/, {
    code: 'NOT_AN_OBJECT',
    text: 'The message stands in an array. Send each JSON object by itself, without [ and ].',
  }),
  pattern(
    'tuple of Python',
    /^\(\s{0,4}(?:['"\d{b-]|None|True|False)/,
    /^\(\s{0,4}(?:[NTF][a-z]{0,4})?$/,
    notJson(`The text is a tuple as Python prints it. ${DUMPS}`),
  ),
  pattern(
    'escaped quotes',
    /^\\["{]/,
    /^\\$/,
    notJson(
      'A backslash stands before the message. Encode it once, and look at the quotes of the shell.',
    ),
  ),
  pattern(
    'placeholder',
    /^(?:%[sdr]|\$\{|\$[A-Za-z_]|<%|\{%|\{\{ ?\w{1,30} ?\}\})/,
    /^(?:%|\$|<|\{|\{\{ ?\w{0,30} ?\}?)$/,
    notJson('The text is a placeholder that was not filled in.'),
  ),
  pattern(
    'label before the message',
    /^(?:data|json|message|msg|event|payload|request|send|body)(?:: ?|=| )\{|^[A-Za-z_][\w.]{0,30}\(\{|^>>>? ?\{/i,
    /^(?:[A-Za-z_][\w.]{0,30}(?:: ?|=| |\()?|>{1,3} ?)$/,
    notJson('A word stands before the message. Send the JSON object alone: the first byte is {.'),
  ),
  pattern(
    'comment',
    /^(?:\/\/|\/\*|# )/,
    /^[/#]$/,
    notJson('A comment stands before the message, and JSON has none.'),
  ),
  magic(
    'control key',
    ['\x1b[', '\x1bO'],
    notJson('These bytes are a key of a terminal, not text.'),
  ),
]
