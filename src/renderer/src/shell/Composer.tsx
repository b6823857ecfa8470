// "Send message": the client, the policy, the payload and the number of messages. Opened and sent with Enter twice.
import { Send } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { MAX_ID_CHARS, MAX_PAYLOAD_CHARS, MAX_SEND_COUNT } from '../../../shared/limits'
import type { NodeState, State } from '../../../shared/state/state'
import { perform } from '../actions/actions'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { useCommandForm } from '../forms'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { nameOfNode } from '../ui/names'
import { Tip } from '../ui/Tip'

/** `short`: the button is an icon. */
export function Composer({ short }: { short: boolean }) {
  const { open } = useUi((ui) => ui.composer)
  const refusal = useRefusal('sendMessage')
  const { closeComposer } = useUi.getState()
  const lastClient = useRef<NodeId>(undefined)
  const focusedBefore = useRef<Element | null>(null)
  // Before the form's own effect, which focuses a field.
  useLayoutEffect(() => {
    if (open) focusedBefore.current = document.activeElement
  }, [open])
  const hasClient = useLab(({ state }) => insideClients(state.nodes).length > 0)
  return (
    <Popover.Root
      open={open}
      onOpenChange={(opening) => (opening ? perform('sendMessage') : closeComposer())}
    >
      <Tip
        text={refusal?.tip ?? 'Let a client send a message'}
        shortcut={shortcutOf('sendMessage')}
      >
        <Popover.Trigger
          className="button primary"
          aria-label="Send message"
          aria-keyshortcuts={shortcutOf('sendMessage')}
          aria-disabled={refusal !== undefined}
        >
          {short ? <Send size={16} aria-hidden="true" /> : 'Send message'}
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          className="popover composer"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Message"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            // Opened by its key from the graph or a list, it returns the focus there, not to its button.
            const element = focusedBefore.current
            if (!isFocusable(element) || !element.isConnected) return
            event.preventDefault()
            element.focus({ preventScroll: true })
          }}
        >
          {hasClient ? (
            <ComposerForm
              lastClient={lastClient.current}
              onSent={(id) => {
                lastClient.current = id
              }}
            />
          ) : (
            <NoClient />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The body has the focus where nothing has it. */
function isFocusable(element: Element | null): element is HTMLElement | SVGElement {
  if (element === document.body) return false
  return element instanceof HTMLElement || element instanceof SVGElement
}

/** Those with errors of their own. */
const FIELDS = ['policy', 'payload', 'count'] as const

interface ComposerFormProps {
  lastClient: NodeId | undefined
  onSent: (client: NodeId) => void
}

function ComposerForm({ lastClient, onSent }: ComposerFormProps) {
  const nodes = useLab(({ state }) => state.nodes)
  const policies = useLab(({ state }) => state.next)
  const clients = insideClients(nodes)
  const [client, setClient] = useState(() => firstChoice(nodes, lastClient))
  const [policy, setPolicy] = useState(client?.policy ?? '')
  const [payload, setPayload] = useState(client?.payload ?? '')
  const [count, setCount] = useState('1')
  const { error, busy, submit } = useCommandForm(FIELDS, () => {
    if (client) onSent(client.id)
    useUi.getState().closeComposer()
  })
  const payloadField = useRef<HTMLInputElement>(null)

  useEffect(() => {
    // Some browsers do not focus a field whose text is selected by script.
    payloadField.current?.focus()
    payloadField.current?.select()
  }, [])

  if (!client) return null

  function choose(id: NodeId) {
    const chosen = nodes.get(id)
    if (!chosen) return
    setClient(chosen)
    setPolicy(chosen.policy ?? '')
    setPayload(chosen.payload ?? '')
  }

  const send = () =>
    submit({
      type: 'sendMessage',
      client: client.id,
      policy: policy.trim(),
      payload,
      count: Number(count),
    })
  /** What marks the field that the error is about. */
  const faulty = (field: (typeof FIELDS)[number]) =>
    error?.field === field && { 'aria-invalid': true, 'aria-describedby': 'composer-error' }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void send()
      }}
    >
      <label className="field">
        Client
        <select value={client.id} onChange={(event) => choose(event.target.value)}>
          {clients.map((node) => (
            <option key={node.id} value={node.id}>
              {nameOfNode(node)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Privacy policy
        <input
          value={policy}
          list="composer-policies"
          {...faulty('policy')}
          maxLength={MAX_ID_CHARS}
          onChange={(event) => setPolicy(event.target.value)}
        />
        <datalist id="composer-policies">
          {[...policies.keys()].map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
      </label>
      <label className="field wide">
        Payload
        <input
          ref={payloadField}
          value={payload}
          {...faulty('payload')}
          maxLength={MAX_PAYLOAD_CHARS}
          onChange={(event) => setPayload(event.target.value)}
        />
      </label>
      <label className="field">
        How many
        <input
          type="number"
          min={1}
          max={MAX_SEND_COUNT}
          step={1}
          value={count}
          {...faulty('count')}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" aria-disabled={busy}>
        <Send size={15} aria-hidden="true" />
        Send
      </button>
      {error && (
        <p id="composer-error" className="field-error" role="alert">
          {error.text}
        </p>
      )}
    </form>
  )
}

function NoClient() {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <div className="composer-empty">
      <p>Messages are sent by clients, and there is none yet.</p>
      <button ref={button} type="button" className="button" onClick={() => perform('addClient')}>
        New client
      </button>
    </div>
  )
}

function insideClients(nodes: State['nodes']): NodeState[] {
  return [...nodes.values()].filter((node) => node.role === 'client' && node.origin === 'inside')
}

/** The client that was named, else the selected one, else the one that sent last, else the first one. */
function firstChoice(nodes: State['nodes'], lastClient: NodeId | undefined): NodeState | undefined {
  const { composer, selection } = useUi.getState()
  const clients = insideClients(nodes)
  const selected = selection?.kind === 'node' ? selection.id : undefined
  for (const id of [composer.client, selected, lastClient]) {
    const found = clients.find((node) => node.id === id)
    if (found) return found
  }
  return clients[0]
}
