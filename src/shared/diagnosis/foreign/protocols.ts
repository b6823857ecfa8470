// Other protocols: what browsers, tools and other servers send when they are pointed at the proxy's port.
import { magic, pattern, protocol, type Recogniser } from './finding'

const JSON_OVER_TCP = 'Open a plain TCP socket and send one JSON object.'
const ANSWER_IN_JSON = 'A server answers with one JSON object of type 2, without headers.'

const METHODS =
  'GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PRI|PROPFIND|DESCRIBE|SETUP|INVITE|REGISTER'

/** Matches every proper beginning of `METHOD `. */
const METHOD_BEGINS = new RegExp(
  `^(?:${METHODS.split('|')
    .flatMap((method) => [...method].map((_, index) => method.slice(0, index + 1)))
    .join('|')})$`,
)

export const PROTOCOLS: readonly Recogniser[] = [
  pattern(
    'TLS',
    /^\x16\x03[\x00-\x04]/,
    /^\x16\x03?$/,
    protocol(
      'a TLS handshake (https or wss)',
      'This port speaks plain TCP: connect without TLS.',
      'tls',
    ),
  ),
  pattern(
    'HTTP request',
    new RegExp(`^(?:${METHODS}) `),
    METHOD_BEGINS,
    protocol(
      'an HTTP request',
      `This port is no web server: ${JSON_OVER_TCP.toLowerCase().replace('tcp', 'TCP').replace('json', 'JSON')}`,
      'http',
    ),
  ),
  pattern(
    'HTTP request of a method of its own',
    /^[A-Za-z]{3,20} \S{1,200} HTTP\/\d/,
    /^[A-Za-z]{1,20}(?: (?:\S{0,200}(?: (?:H(?:T(?:TP?)?)?|HTTP\/)?)?)?)?$/,
    protocol('an HTTP request', `This port is no web server. ${JSON_OVER_TCP}`, 'http'),
  ),
  magic('HTTP response', ['HTTP/'], protocol('an HTTP response', ANSWER_IN_JSON)),
  magic('SSH', ['SSH-'], protocol('the greeting of an SSH client', JSON_OVER_TCP, 'line')),
  magic(
    'PROXY protocol',
    ['PROXY TCP4 ', 'PROXY TCP6 ', 'PROXY UNKNOWN', '\0\r\nQUIT\n'],
    protocol(
      'the PROXY protocol’s header of a load balancer',
      'Switch it off there (send-proxy in HAProxy, proxy_protocol in nginx).',
    ),
  ),
  pattern(
    'mail or file transfer command',
    /^(?:EHLO|HELO|LHLO|USER|PASS|NICK|QUIT|STARTTLS|CAP LS|AUTH TLS)(?:[ \r\n])/,
    /^(?:E(?:H(?:LO?)?)?|H(?:E(?:LO?)?)?|L(?:H(?:LO?)?)?|U(?:S(?:ER?)?)?|P(?:A(?:SS?)?)?|N(?:I(?:CK?)?)?|Q(?:U(?:IT?)?)?|S(?:T(?:A(?:R(?:T(?:T(?:LS?)?)?)?)?)?)?|C(?:A(?:P(?: (?:LS?)?)?)?)?|A(?:U(?:T(?:H(?: (?:T(?:LS?)?)?)?)?)?)?)$/,
    protocol('a command of SMTP, FTP, POP3 or IRC', JSON_OVER_TCP, 'line'),
  ),
  pattern(
    'greeting of a mail or file server',
    /^(?:[2-5]\d\d[ -][A-Za-z]|\+OK[ \r\n]|\* OK )/,
    /^(?:[2-5](?:\d(?:\d[ -]?)?)?|\+(?:OK?)?|\*(?: (?:OK?)?)?)$/,
    protocol('the greeting of a mail or FTP server', JSON_OVER_TCP),
  ),
  pattern(
    'Redis command',
    /^\*\d{1,6}\r\n\$\d/,
    /^\*(?:\d{1,6}(?:\r(?:\n\$?)?)?)?$/,
    protocol('a Redis command', JSON_OVER_TCP, 'redis'),
  ),
  magic(
    'Redis reply',
    ['+PONG\r', '-ERR ', '-NOAUTH', '-WRONG'],
    protocol('a Redis reply', ANSWER_IN_JSON),
  ),
  pattern(
    'MySQL greeting',
    /^[\s\S]{3}\0\n\d{1,2}\./,
    /^[\s\S](?:\0(?:\0(?:\0(?:\n\d{0,2})?)?)?)?$/,
    protocol('the greeting of a MySQL server', JSON_OVER_TCP),
  ),
  pattern(
    'PostgreSQL start-up',
    /^\0\0(?:\0\x08\x04\xd2\x16[\x2e-\x30]|[\0-\x27][\s\S]\0\x03\0[\0-\x02])/,
    /^\0(?:\0(?:\0(?:\x08(?:\x04(?:\xd2\x16?)?)?)?|[\0-\x27](?:[\s\S](?:\0(?:\x03\0?)?)?)?)?)?$/,
    protocol('the start of a PostgreSQL connection', JSON_OVER_TCP, 'postgres'),
  ),
  pattern(
    'MQTT',
    /^\x10[\x0a-\x7f]\0(?:\x04MQTT|\x06MQIsdp)/,
    /^\x10(?:[\x0a-\x7f](?:\0(?:\x04(?:M(?:QT?)?)?|\x06(?:M(?:Q(?:I(?:sd?)?)?)?)?)?)?)?$/,
    protocol('an MQTT connection', JSON_OVER_TCP, 'mqtt'),
  ),
  magic('AMQP', ['AMQP\0', 'AMQP\x01', 'AMQP\x03'], protocol('an AMQP connection', JSON_OVER_TCP)),
  pattern(
    'SOCKS5',
    /^\x05[\x01-\x09][\0-\x09\x80]/,
    /^\x05[\x01-\x09]?$/,
    protocol(
      'a SOCKS5 greeting',
      'This proxy is no SOCKS proxy: connect to it as to a server.',
      'socks5',
    ),
  ),
  pattern(
    'SOCKS4',
    /^\x04[\x01\x02][\s\S]{2}/,
    /^\x04(?:[\x01\x02][\s\S]?)?$/,
    protocol(
      'a SOCKS4 request',
      'This proxy is no SOCKS proxy: connect to it as to a server.',
      'socks4',
    ),
  ),
  pattern(
    'Windows file or desktop sharing',
    /^(?:\0\0[\s\S]{2}[\xfe\xff]SMB|\x03\0\0[\x0b-\x40][\x06-\x3b]\xe0)/,
    /^(?:\0(?:\0[\s\S]{0,2}|\0[\s\S]{2}[\xfe\xff](?:SM?)?)?|\x03(?:\0(?:\0(?:[\x0b-\x40][\x06-\x3b]?)?)?)?)$/,
    protocol('a connection for Windows file sharing or remote desktop', JSON_OVER_TCP),
  ),
  magic('VNC', ['RFB 00'], protocol('the greeting of a VNC server', JSON_OVER_TCP)),
  magic(
    'BitTorrent',
    ['\x13BitTorrent protocol'],
    protocol('a BitTorrent handshake', JSON_OVER_TCP),
  ),
  pattern(
    'STUN',
    /^(?:[\s\S]{2})?[\0\x01][\0-\x1f][\s\S]{2}!\x12\xa4B/,
    /^(?:[\0\x01](?:[\0-\x1f](?:[\s\S]{0,2}|[\s\S]{2}!(?:\x12\xa4?)?)?)?|[\s\S]{2}[\0\x01](?:[\0-\x1f](?:[\s\S]{0,2}|[\s\S]{2}!(?:\x12\xa4?)?)?)?)$/,
    protocol('a STUN request of a browser’s WebRTC', JSON_OVER_TCP),
  ),
  pattern(
    'LDAP',
    /^0[\s\S]\x02\x01[\0-\x7f][`-w]/,
    /^0(?:[\s\S](?:\x02(?:\x01[\0-\x7f]?)?)?)?$/,
    protocol('an LDAP request', JSON_OVER_TCP),
  ),
  pattern(
    'Telnet negotiation',
    /^\xff(?:[\xf0-\xfd]|\xfe[\0-\x31]\xff)/,
    /^\xff(?:\xfe[\0-\x31]?)?$/,
    protocol(
      'Telnet’s negotiation of options',
      'Use nc (netcat), or the connection type Raw in PuTTY.',
      'line',
    ),
  ),
]
