// Messages inside of something else: compressed, encoded as text, or a file of another kind.
import { magic, pattern, type Recogniser, serialisation } from './finding'

const PLAIN = 'Send the JSON text itself.'

export const WRAPPINGS: readonly Recogniser[] = [
  magic('gzip', ['\x1f\x8b'], serialisation('compressed with gzip', PLAIN)),
  pattern(
    'zlib',
    /^x(?:\x01[\s\S][^\x20-\x7e]|[\x9c\xda])/,
    /^x(?:\x01[\s\S]?)?$/,
    serialisation('compressed with zlib', `${PLAIN} In Python, leave out zlib.compress.`),
  ),
  pattern(
    'another compression',
    /^(?:BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|\x04"M\x18|PK\x03\x04|\x5d\0\0[\x80\0]\0)/,
    /^(?:B(?:Z(?:h(?:[1-9](?:1A?)?)?)?)?|\xfd(?:7(?:zX?)?)?|\x28(?:\xb5\x2f?)?|\x04(?:"M?)?|P(?:K\x03?)?|\x5d(?:\0(?:\0[\x80\0]?)?)?)$/,
    serialisation('compressed (bzip2, xz, zstd, lz4 or zip)', PLAIN),
  ),
  pattern(
    'base64',
    /^e[yw][A-Za-z0-9+/_-]{6}/,
    /^e(?:[yw][A-Za-z0-9+/_-]{0,5})?$/,
    serialisation('base64', `${PLAIN} base64 is not needed: JSON is text already.`),
  ),
  pattern(
    'hex digits',
    /^7[bB](?:0[adAD9]|2[027])[0-9a-fA-F]{2}/,
    /^7(?:[bB](?:[02]|(?:0[adAD9]|2[027])[0-9a-fA-F]?)?)?$/,
    serialisation('a message written as hex digits', `${PLAIN} Leave out hex() or binascii.`),
  ),
  pattern(
    'percent-encoding',
    /^%7[bB]/,
    /^%7?$/,
    serialisation(
      'percent-encoded, as in a URL',
      `${PLAIN} Leave out quote() or encodeURIComponent.`,
    ),
  ),
  magic(
    'a file',
    [
      '\x89PNG',
      '%PDF-',
      'GIF8',
      '\xff\xd8\xff',
      '\x7fELF',
      'MZ\x90',
      'SQLite format',
      '\xca\xfe\xba\xbe',
    ],
    serialisation('a picture, a program or another file', 'Send a message, not a file.'),
  ),
]
