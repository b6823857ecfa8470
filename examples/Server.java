// A server that joins Roundabout: registers with the proxy, then answers each message with its SHA-1.
//
//     java Server.java -id 700 -pp 333 -listen 2107 -revproc 2100
import java.io.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.*;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.*;

public class Server {
  static final InetAddress HERE = InetAddress.getLoopbackAddress();

  public static void main(String[] words) throws Exception {
    // Port 0: any free one.
    var options = new HashMap<>(Map.of("-id", "700", "-pp", "333", "-listen", "0", "-revproc", "2100"));
    for (int at = 0; at < words.length; at += 2) {
      if (!options.containsKey(words[at]) || at + 1 == words.length || !words[at + 1].matches("\\d{1,9}")) {
        System.err.println("Usage: java Server.java [-id N] [-pp N] [-listen PORT] [-revproc PORT]");
        System.exit(2);
      }
      options.put(words[at], words[at + 1]);
    }
    String id = options.get("-id"), policy = options.get("-pp");

    // Listen first: the proxy may send a message as soon as it knows of us.
    try (var listener = new ServerSocket(Integer.parseInt(options.get("-listen")), 50, HERE)) {
      int port = listener.getLocalPort();
      try (var proxy = new Socket(HERE, Integer.parseInt(options.get("-revproc")))) {
        send(proxy, "{\"type\": 1, \"id\": " + id + ", \"privPolyId\": " + policy + ", \"listenport\": " + port + "}");
      }
      System.out.println("Server " + id + " serves policy " + policy + " on port " + port);

      while (true) {
        var connection = listener.accept(); // the proxy opens one for each message
        new Thread(() -> serve(connection, id)).start();
      }
    } catch (IOException | IllegalArgumentException error) {
      System.err.println("Port " + options.get("-listen") + " or the proxy's port " + options.get("-revproc")
          + " cannot be used: " + error.getMessage());
      System.exit(1);
    }
  }

  /** What goes wrong on one connection ends that connection, and nothing else. */
  static void serve(Socket connection, String id) {
    try (connection) {
      var in = new JsonReader(connection.getInputStream());
      for (var question = in.nextObject(); question != null; question = in.nextObject()) {
        Object client = question.get("srcid"), payload = question.get("payload");
        if (!(payload instanceof String) || !(client instanceof String || client instanceof BigDecimal)) {
          throw new IOException("the message lacks its srcid or its payload");
        }
        System.out.println("Received a data message from client " + client + " payload: " + payload);
        send(connection, "{\"type\": 2, \"srcid\": " + id + ", \"destid\": " + JsonReader.write(client)
            + ", \"payloadsize\": 40, \"payload\": \"" + sha1((String) payload) + "\"}");
      }
    } catch (IOException error) {
      System.err.println("A connection went wrong: " + error.getMessage());
    }
  }

  static void send(Socket connection, String message) throws IOException {
    connection.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
  }

  static String sha1(String payload) throws IOException {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1"); // a new one for each payload
      // This encoder throws if a character has no UTF-8; getBytes would write "?".
      sha1.update(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(payload)));
      return String.format("%040x", new BigInteger(1, sha1.digest()));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
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
