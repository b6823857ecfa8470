// How to read a whole message, for the remedies of several diagnoses.

export const READ_PYTHON = `text = b""
while data := connection.recv(4096):
    text += data
    try:
        message = json.loads(text)
        break
    except ValueError:
        pass  # not all of it is here yet`

export const READ_NODE = `socket.on('data', (piece) => {
  text += piece
  try {
    serve(JSON.parse(text))
  } catch {} // not all of it is here yet
})`
