// A client that joins Roundabout: sends one message through the proxy and checks the answer.
//
//     cc -o client client.c
//     ./client -id 80 -revproc 2100 -pkt packet.json
//
// The client is at the end. What comes before reads JSON, calculates SHA-1 and sends.
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// ---- JSON: read from a file or a connection, each object as soon as its "}" has come.
// TCP is a stream: an object may come in pieces, or several at once. Here it does not matter, since next() waits.

struct text { char *bytes; size_t length, room; };

struct reader {
  int fd;                 // -1: only what is in the buffer
  const char *at, *end;   // what has been read, and not yet taken
  char buffer[4096];
  struct text *copy;      // if set: what is taken is also written there
};

struct field {
  const char *name;
  char first;        // the first character of its value; 0: the object has no such field
  struct text json;  // its value as it came
  struct text text;  // if it is a text: without quotes and escapes, UTF-8
};

static void fail(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vfprintf(stderr, format, values);
  va_end(values);
  fputc('\n', stderr);
  exit(1);
}

static void append(struct text *text, char byte) {
  if (text->length == text->room) {
    text->room = text->room ? 2 * text->room : 64;
    text->bytes = realloc(text->bytes, text->room);
    if (text->bytes == NULL) fail("There is no memory left");
  }
  text->bytes[text->length++] = byte;
}

/** The next character without taking it; EOF at the end. */
static int peek(struct reader *in) {
  if (in->at == in->end) {
    ssize_t count = in->fd < 0 ? 0 : read(in->fd, in->buffer, sizeof in->buffer);
    if (count < 0) fail("Cannot read: %s", strerror(errno));
    in->at = in->buffer;
    in->end = in->buffer + count;
    if (count == 0) return EOF;
  }
  return (unsigned char)*in->at;
}

static int next(struct reader *in) {
  int byte = peek(in);
  if (byte == EOF) fail("The stream ended in the middle of a message");
  if (in->copy) append(in->copy, (char)byte);
  in->at++;
  return byte;
}

/** The next character that is no white space, without taking it. */
static int peek_visible(struct reader *in) {
  while (peek(in) != EOF && strchr(" \t\r\n", peek(in)) && peek(in) != 0) in->at++;
  return peek(in);
}

static void expect(struct reader *in, char expected) {
  peek_visible(in);
  int byte = next(in);
  if (byte != expected) fail("This is no JSON: '%c' instead of '%c'", byte, expected);
}

/** The four hexadecimal digits after \u: a unit of UTF-16. */
static unsigned read_unit(struct reader *in) {
  char digits[5] = {0};
  for (int at = 0; at < 4; at++) digits[at] = (char)next(in);
  if (strspn(digits, "0123456789abcdefABCDEF") != 4) fail("This is no JSON: \\u%s", digits);
  return (unsigned)strtoul(digits, NULL, 16);
}

static void append_character(struct text *text, unsigned point) {
  if (point < 0x80) {
    append(text, (char)point);
    return;
  }
  int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;  // bytes of six bits each after the first
  append(text, (char)(0xFF00 >> (more + 1) | point >> 6 * more));
  while (more--) append(text, (char)(0x80 | (point >> 6 * more & 0x3F)));
}

static void read_text(struct reader *in, struct text *text) {
  expect(in, '"');
  for (int byte = next(in); byte != '"'; byte = next(in)) {
    if (byte < ' ') fail("This is no JSON: a control character in a text");
    if (byte != '\\') {
      append(text, (char)byte);
      continue;
    }
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    byte = next(in);
    const char *name = byte ? strchr(names, byte) : NULL;
    if (name) {
      append(text, meanings[name - names]);
    } else if (byte == 'u') {
      unsigned point = read_unit(in);
      if (point >= 0xD800 && point < 0xDC00) {  // the first of two units
        if (next(in) != '\\' || next(in) != 'u') fail("Half a character in a text");
        unsigned second = read_unit(in);
        if (second < 0xDC00 || second > 0xDFFF) fail("Half a character in a text");
        point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
      } else if (point >= 0xDC00 && point < 0xE000) {
        fail("Half a character in a text");
      }
      append_character(text, point);
    } else {
      fail("This is no JSON: \\%c", byte);
    }
  }
}

static int is_number(const char *at) {
  if (*at == '-') at++;
  size_t digits = strspn(at, "0123456789");
  if (digits == 0 || (*at == '0' && digits > 1)) return 0;
  at += digits;
  if (*at == '.') {
    if ((digits = strspn(++at, "0123456789")) == 0) return 0;
    at += digits;
  }
  if (*at == 'e' || *at == 'E') {
    if (*++at == '+' || *at == '-') at++;
    if ((digits = strspn(at, "0123456789")) == 0) return 0;
    at += digits;
  }
  return *at == 0;
}

static void read_object(struct reader *in, struct field *fields, int count, int depth);

static void read_value(struct reader *in, struct field *field, int depth) {
  if (depth > 100) fail("The JSON is nested too deeply");
  int first = peek_visible(in);
  if (field) {
    field->first = (char)first;
    field->json.length = field->text.length = 0;
    in->copy = &field->json;
  }
  if (first == '{') {
    read_object(in, NULL, 0, depth);
  } else if (first == '[') {
    next(in);
    if (peek_visible(in) != ']') {
      do read_value(in, NULL, depth + 1); while (peek_visible(in) == ',' && next(in));
    }
    expect(in, ']');
  } else if (first == '"') {
    struct text unused = {0};
    read_text(in, field ? &field->text : &unused);
    free(unused.bytes);
  } else {
    char word[64] = "";
    for (size_t at = 0; isalnum(peek(in)) || peek(in) == '-' || peek(in) == '+' || peek(in) == '.'; at++) {
      if (at == sizeof word - 1) fail("This is no JSON: %s", word);
      word[at] = (char)next(in);
    }
    if (strcmp(word, "true") && strcmp(word, "false") && strcmp(word, "null") && !is_number(word)) {
      fail("This is no JSON: %s", word[0] ? word : "a value is missing");
    }
  }
  if (field) in->copy = NULL;
}

static void read_member(struct reader *in, struct field *fields, int count, int depth) {
  struct text name = {0};
  struct field *field = NULL;
  read_text(in, &name);
  for (int at = 0; at < count; at++) {
    size_t length = strlen(fields[at].name);
    if (name.length == length && memcmp(fields[at].name, name.bytes, length) == 0) field = &fields[at];
  }
  free(name.bytes);
  expect(in, ':');
  read_value(in, field, depth + 1);
}

/** Reads a whole object; of its fields only these are kept. */
static void read_object(struct reader *in, struct field *fields, int count, int depth) {
  for (int at = 0; at < count; at++) fields[at].first = 0;
  expect(in, '{');
  if (peek_visible(in) != '}') {
    do read_member(in, fields, count, depth); while (peek_visible(in) == ',' && next(in));
  }
  expect(in, '}');
}

// ---- SHA-1, as RFC 3174 has it.

static uint32_t rotated(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static void add_block(uint32_t hash[5], const unsigned char block[64]) {
  uint32_t w[80];
  for (int i = 0; i < 16; i++) {
    w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  }
  for (int i = 16; i < 80; i++) w[i] = rotated(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
  for (int i = 0; i < 80; i++) {
    uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                 : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                 : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                          : (b ^ c ^ d) + 0xCA62C1D6;
    f += rotated(a, 5) + e + w[i];
    e = d, d = c, c = rotated(b, 30), b = a, a = f;
  }
  hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d, hash[4] += e;
}

/** The SHA-1 of the text, in lower-case hexadecimal digits. */
static void sha1(const struct text *text, char digits[41]) {
  uint32_t hash[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  size_t at = 0;
  for (; text->length - at >= 64; at += 64) add_block(hash, (unsigned char *)text->bytes + at);
  // The end: what is left, a bit that is 1, zeros, and the length in bits in the last eight bytes.
  unsigned char last[128] = {0};
  size_t left = text->length - at, size = left < 56 ? 64 : 128;
  if (left) memcpy(last, text->bytes + at, left);
  last[left] = 0x80;
  for (int i = 0; i < 8; i++) last[size - 1 - i] = (unsigned char)((uint64_t)text->length * 8 >> 8 * i);
  for (at = 0; at < size; at += 64) add_block(hash, last + at);
  for (int i = 0; i < 5; i++) sprintf(digits + 8 * i, "%08x", (unsigned)hash[i]);
}

// ---- TCP, on this machine.

static struct sockaddr_in here(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int connect_to_proxy(int port) {
  struct sockaddr_in address = here(port);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0) {
    fail("There is no proxy on port %d: %s", port, strerror(errno));
  }
  return connection;
}

/** write() may take only a part. */
static void send_all(int connection, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(connection, bytes, length);
    if (count < 0) fail("Cannot send: %s", strerror(errno));
    bytes += count;
    length -= (size_t)count;
  }
}

// ---- The client.

static struct reader reader_of(const char *bytes, size_t length) {
  return (struct reader){.fd = -1, .at = bytes, .end = bytes + length};
}

static int number(const char *word) {
  char *end;
  long value = strtol(word, &end, 10);
  return *word && !*end && value >= 0 && value < 1000000000 ? (int)value : -1;
}

static void print(const struct text *text) { fwrite(text->bytes, 1, text->length, stdout); }

int main(int count, char **words) {
  int id = 80, proxy_port = 2100;
  const char *file = NULL, *hello = "{\"privPoliId\": 333, \"payload\": \"hello\"}";
  for (int at = 1; at < count; at += 2) {
    const char *value = at + 1 < count ? words[at + 1] : "";
    if (!strcmp(words[at], "-id")) id = number(value);
    else if (!strcmp(words[at], "-revproc")) proxy_port = number(value);
    else if (!strcmp(words[at], "-pkt")) file = value;
    else id = -1;
    if (id < 0 || proxy_port < 0) {
      fprintf(stderr, "Usage: %s [-id N] [-revproc PORT] [-pkt FILE]\n", words[0]);
      return 2;
    }
  }
  signal(SIGPIPE, SIG_IGN);  // a connection that has gone is an error of write(), and not the end

  struct reader packet = reader_of(hello, strlen(hello));
  if (file) packet = (struct reader){.fd = open(file, O_RDONLY)};
  if (file && packet.fd < 0) fail("Cannot read %s: %s", file, strerror(errno));
  struct field asked[] = {{.name = "privPoliId"}, {.name = "payload"}};
  read_object(&packet, asked, 2, 0);
  struct field *policy = &asked[0], *payload = &asked[1];
  if (!policy->first || payload->first != '"') fail("The packet lacks its privPoliId or its payload");

  int proxy = connect_to_proxy(proxy_port);
  char start[80], middle[80];
  int start_length = sprintf(start, "{\"type\": 0, \"srcid\": %d, \"privPoliId\": ", id);
  int middle_length = sprintf(middle, ", \"payloadsize\": %zu, \"payload\": ", payload->text.length);
  send_all(proxy, start, (size_t)start_length);
  send_all(proxy, policy->json.bytes, policy->json.length);
  send_all(proxy, middle, (size_t)middle_length);
  send_all(proxy, payload->json.bytes, payload->json.length);
  send_all(proxy, "}", 1);

  struct reader in = {.fd = proxy};
  if (peek_visible(&in) == EOF) fail("The proxy closed the connection without an answer");
  struct field answered[] = {{.name = "srcid"}, {.name = "payload"}, {.name = "error"}};
  read_object(&in, answered, 3, 0);
  struct field *server = &answered[0], *hash = &answered[1], *error = &answered[2];
  if (error->first == '{') {
    struct reader inner = reader_of(error->json.bytes, error->json.length);
    struct field message = {.name = "message"};
    read_object(&inner, &message, 1, 0);
    fail("The proxy answered: %.*s", (int)message.text.length, message.text.bytes);
  }

  char expected[41];
  sha1(&payload->text, expected);
  int correct = hash->text.length == 40 && memcmp(hash->text.bytes, expected, 40) == 0;
  printf("Received hash ");
  print(&hash->text);
  printf(" from server ");
  print(&server->json);
  printf(": %s\n", correct ? "correct" : "WRONG");
  return correct ? 0 : 1;
}
