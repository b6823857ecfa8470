// The script for nginx's njs module: it reads the first message of a connection, and names its pool and its key.
import { usesKey } from '../settings/pool'
import { commented } from './fragment'
import { poolNames } from './nginx'
import type { ExportSetup } from './setup'

export function nginxScript(setup: ExportSetup): string {
  const names = poolNames(setup)
  const pools = Object.fromEntries(setup.pools.map(({ policy }) => [policy, names.get(policy)]))
  const keys = Object.fromEntries(
    setup.pools
      .filter(({ settings }) => usesKey(settings.algorithm))
      .map(({ policy, settings }) => [policy, settings.hashKey]),
  )
  return `${[
    ...commented(
      'Reads the first JSON object of a connection. nginx.conf asks for the pool of its policy, and for the key of a hash.',
      '//',
    ),
    '',
    '// The upstream of each policy in nginx.conf.',
    `var POOLS = ${literal(pools)};`,
    '// The field that is hashed, of policies with a hash.',
    `var KEYS = ${literal(keys)};`,
    BODY,
  ].join('\n')}`
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 4)
}

const BODY = `
var message = {};

function preread(s) {
    s.on('upload', function (data, flags) {
        try {
            // njs gives the whole buffer each time, from its beginning.
            message = JSON.parse(firstObject(data)) || {};
        } catch (e) {
            // Not all of it is here: wait for more, until preread_timeout.
            if (flags.last) { s.deny(); }
            return;
        }
        s.off('upload');
        s.done();
    });
}

// The text of the first complete object: braces count outside of strings.
function firstObject(text) {
    var depth = 0, inside = false;
    for (var i = 0; i < text.length; i++) {
        var c = text[i];
        if (inside) {
            if (c === '\\\\') { i++; } else if (c === '"') { inside = false; }
        } else if (c === '"') { inside = true; }
        else if (c === '{') { depth++; }
        else if (c === '}' && --depth === 0) { return text.slice(0, i + 1); }
    }
    return text;
}

// Many programs spell it privPolyId. A policy may be a number or a text.
function policy() {
    var found = message.privPoliId === undefined ? message.privPolyId : message.privPoliId;
    return found === undefined ? '' : String(found);
}

function pool() {
    var asked = policy();
    return POOLS.hasOwnProperty(asked) ? POOLS[asked] : 'nobody';
}

function key() {
    var asked = policy();
    var value = KEYS.hasOwnProperty(asked) ? message[KEYS[asked]] : undefined;
    if (value === undefined) { return ''; }
    return typeof value === 'string' ? value : JSON.stringify(value);
}

export default { preread, pool, key };
`
