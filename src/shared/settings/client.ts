// The settings of a client.
import { MAX_PAYLOAD_CHARS } from '../limits'
import { TRAFFIC } from './features/traffic'
import { text } from './setting'

export const CLIENT_SETTINGS = {
  payload: text({
    default: null,
    maxChars: MAX_PAYLOAD_CHARS,
    label: 'Payload',
    help: 'The text that the client sends where a message has none of its own.',
    inScenario: 'required',
  }),
  traffic: TRAFFIC,
}
