// A client that joins Roundabout: sends one message through the proxy and checks the answer.
//
//     java Client.java -id 70 -revproc 2100 -pkt packet.json
import java.io.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.*;

public class Client {
  static final String HELLO = "{\"privPoliId\": 333, \"payload\": \"hello\"}";

  public static void main(String[] words) throws Exception {
    var options = new HashMap<>(Map.of("-id", "70", "-revproc", "2100", "-pkt", ""));
    for (int at = 0; at < words.length; at += 2) {
      if (!options.containsKey(words[at]) || at + 1 == words.length
          || !words[at].equals("-pkt") && !words[at + 1].matches("\\d{1,9}")) {
        System.err.println("Usage: java Client.java [-id N] [-revproc PORT] [-pkt FILE]");
        System.exit(2);
      }
      options.put(words[at], words[at + 1]);
    }
    try {
      System.exit(ask(options) ? 0 : 1);
    } catch (IOException | IllegalArgumentException error) {
      System.err.println(error.getMessage());
      System.exit(1);
    }
  }

  static boolean ask(Map<String, String> options) throws Exception {
    var packet = packet(options.get("-pkt"));
    var payload = (String) packet.get("payload");
    var bytes = payload.getBytes(StandardCharsets.UTF_8);
    var question = "{\"type\": 0, \"srcid\": " + options.get("-id")
        + ", \"privPoliId\": " + JsonReader.write(packet.get("privPoliId"))
        + ", \"payloadsize\": " + bytes.length + ", \"payload\": " + JsonReader.write(payload) + "}";

    Map<String, Object> answer;
    try (var proxy = connect(Integer.parseInt(options.get("-revproc")))) {
      proxy.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
      System.out.println("Sent " + question);
      answer = new JsonReader(proxy.getInputStream()).nextObject();
    }
    if (answer == null) throw new IOException("The proxy closed the connection without an answer");
    if (answer.get("error") instanceof Map) {
      throw new IOException("The proxy answered: " + ((Map<?, ?>) answer.get("error")).get("message"));
    }
    var hash = String.format("%040x", new BigInteger(1, MessageDigest.getInstance("SHA-1").digest(bytes)));
    boolean isCorrect = hash.equals(answer.get("payload"));
    System.out.println("Received hash " + answer.get("payload") + " from server " + answer.get("srcid")
        + ": " + (isCorrect ? "correct" : "WRONG"));
    return isCorrect;
  }

  static Map<String, Object> packet(String file) throws IOException {
    try (var in = file.isEmpty() ? new ByteArrayInputStream(HELLO.getBytes()) : new FileInputStream(file)) {
      var packet = new JsonReader(in).nextObject();
      if (packet != null && packet.get("payload") instanceof String
          && (packet.get("privPoliId") instanceof String || packet.get("privPoliId") instanceof BigDecimal)) {
        return packet;
      }
      throw new IOException(file + " has no privPoliId or no payload");
    }
  }

  static Socket connect(int port) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException error) {
      throw new IOException("There is no proxy on port " + port + ": " + error.getMessage());
    }
  }
}

/**
 * Reads one JSON object after the other, each as soon as its "}" has come. TCP is a stream: an object may come in
 * pieces, or several at once, and here it does not matter, since read() waits for the next character.
 * Objects become maps, arrays lists, numbers BigDecimal. The whole of RFC 8259, and nothing else.
 */
class JsonReader {
  private static final int END = -1, DEEPEST = 100;
  private final PushbackReader in;

  JsonReader(InputStream bytes) {
    // This decoder throws at bytes that are not UTF-8.
    in = new PushbackReader(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())));
  }

  /** Returns null if the stream ends before another object begins. */
  Map<String, Object> nextObject() throws IOException {
    if (peek() == END) return null;
    expect('{');
    return object(0);
  }

  private Object value(int depth) throws IOException {
    if (depth > DEEPEST) throw new IOException("the JSON is nested too deeply");
    switch (peek()) {
      case '{': expect('{'); return object(depth);
      case '[': expect('['); return array(depth);
      case '"': expect('"'); return string();
      default: return numberOrName();
    }
  }

  private Map<String, Object> object(int depth) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    if (peek() == '}') return end(fields);
    while (true) {
      expect('"');
      var name = string();
      expect(':');
      fields.put(name, value(depth + 1));
      if (peek() == '}') return end(fields);
      expect(',');
    }
  }

  private List<Object> array(int depth) throws IOException {
    var items = new ArrayList<Object>();
    if (peek() == ']') return end(items);
    while (true) {
      items.add(value(depth + 1));
      if (peek() == ']') return end(items);
      expect(',');
    }
  }

  /** Takes the bracket that was seen. */
  private <T> T end(T value) throws IOException {
    in.read();
    return value;
  }

  private String string() throws IOException {
    var text = new StringBuilder();
    for (int next = in.read(); next != '"'; next = in.read()) {
      if (next < ' ') throw unexpected(next); // also the end
      text.append(next == '\\' ? escaped() : (char) next);
    }
    return text.toString();
  }

  private char escaped() throws IOException {
    int next = in.read();
    switch (next) {
      case '"': case '\\': case '/': return (char) next;
      case 'b': return '\b';
      case 'f': return '\f';
      case 'n': return '\n';
      case 'r': return '\r';
      case 't': return '\t';
      case 'u': break;
      default: throw unexpected(next);
    }
    int unit = 0; // of UTF-16: a character outside of its first 65,536 is written as two
    for (int digit = 0; digit < 4; digit++) {
      next = in.read();
      int value = next < 128 ? Character.digit(next, 16) : -1;
      if (value < 0) throw unexpected(next);
      unit = unit * 16 + value;
    }
    return (char) unit;
  }

  private Object numberOrName() throws IOException {
    var word = new StringBuilder();
    int next = in.read();
    for (; next != END && "+-.".indexOf(next) >= 0 || Character.isLetterOrDigit(next); next = in.read()) {
      word.append((char) next);
    }
    if (next != END) in.unread(next);
    switch (word.toString()) {
      case "true": return true;
      case "false": return false;
      case "null": return null;
      case "": throw unexpected(next);
    }
    if (word.toString().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")) {
      return new BigDecimal(word.toString());
    }
    throw new IOException("\"" + word + "\" is no JSON");
  }

  /** Skips white space; the character after it is left to be read. */
  private int peek() throws IOException {
    int next = in.read();
    while (next == ' ' || next == '\t' || next == '\r' || next == '\n') next = in.read();
    if (next != END) in.unread(next);
    return next;
  }

  private void expect(char expected) throws IOException {
    if (peek() != expected) throw unexpected(peek());
    in.read();
  }

  private static IOException unexpected(int next) {
    return new IOException(next == END ? "the stream ended in the middle of a message"
        : "this is no JSON: unexpected " + write("" + (char) next));
  }

  /** A text or a number as JSON. */
  static String write(Object value) {
    if (!(value instanceof String)) return value.toString();
    var text = new StringBuilder("\"");
    for (char unit : ((String) value).toCharArray()) {
      if (unit == '"' || unit == '\\') text.append('\\').append(unit);
      else if (unit < ' ') text.append(String.format("\\u%04x", (int) unit));
      else text.append(unit);
    }
    return text.append('"').toString();
  }
}
