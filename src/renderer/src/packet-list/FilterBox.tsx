// The filter's box in the dock's bar: filters the whole screen while it is typed in, and completes words.
import { ListFilter, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import {
  applyCompletion,
  completions,
  knownValues,
  searchWordAt,
} from '../../../shared/filter/completions'
import { formatCount } from '../../../shared/format'
import { MAX_FILTER_CHARS } from '../../../shared/limits'
import type { State } from '../../../shared/state/state'
import { onFocusFilter, setFilter, useFilter } from '../lab/filter'
import { useLab } from '../lab/lab'
import { usePaced } from '../lab/paced'
import { matchCount, useMatches } from '../past/matches'
import './filter.css'

/** A word without a key becomes a text search after a pause in typing. */
const PAUSE_MS = 400

export function FilterBox() {
  const { text, filter, mistake } = useFilter()
  const [open, setOpen] = useState(false)
  const [caret, setCaret] = useState(0)
  /** The completion chosen with the arrow keys; -1: none. */
  const [active, setActive] = useState(-1)
  const box = useRef<HTMLInputElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const listId = useId()
  const mistakeId = useId()
  // Nodes are looked up as the person types, so that this box is not rendered again with every packet.
  const offered = useMemo(
    () => (open ? completions(text, caret, knownValues(useLab.getState().state)) : []),
    [open, text, caret],
  )
  const shown = offered.length > 0 || (open && mistake !== undefined)

  useEffect(
    () =>
      onFocusFilter(() => {
        box.current?.focus()
        box.current?.select()
      }),
    [],
  )

  function write(newText: string, newCaret: number) {
    clearTimeout(pause.current)
    const begun = searchWordAt(newText, newCaret)
    setFilter(newText, begun)
    if (begun) pause.current = setTimeout(finish, PAUSE_MS)
    setCaret(newCaret)
    setActive(-1)
    setOpen(true)
  }

  /** Applies the whole text. */
  function finish() {
    clearTimeout(pause.current)
    setFilter(useFilter.getState().text)
  }

  function complete(index: number) {
    const completion = offered[index]
    const input = box.current
    if (!completion || !input) return
    const done = applyCompletion(text, completion)
    // The text is in the box before the caret is set, and both before the next key: at the next frame, the caret would
    // jump back into what has been typed since.
    flushSync(() => write(done.text, done.caret))
    input.focus()
    input.setSelectionRange(done.caret, done.caret)
  }

  function clear() {
    write('', 0)
    setOpen(false)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault()
        if (!open) return setOpen(true)
        if (offered.length === 0) return
        const step = event.key === 'ArrowDown' ? 1 : -1
        // -1, the box itself, is between the last completion and the first.
        const places = offered.length + 1
        return setActive(((active + 1 + step + places) % places) - 1)
      }
      case 'Enter':
        event.preventDefault()
        if (active >= 0) complete(active)
        else {
          finish()
          // A mistake stays visible while the box has the focus.
          setOpen(useFilter.getState().mistake !== undefined)
        }
        return
      case 'Tab':
        if (active >= 0) {
          event.preventDefault()
          complete(active)
        }
        return
      case 'Escape':
        event.preventDefault()
        event.stopPropagation()
        // Escape closes the list, then empties the box, then leaves it.
        if (shown) {
          setActive(-1)
          return setOpen(false)
        }
        if (text === '') box.current?.blur()
        return clear()
    }
  }

  return (
    <div
      className={`filter${filter ? ' in-force' : ''}`}
      data-mistake={mistake !== undefined || undefined}
    >
      <Popover.Root open={shown} onOpenChange={setOpen}>
        <Popover.Anchor asChild>
          <div className="filter-box">
            <ListFilter size={15} aria-hidden="true" />
            <input
              ref={box}
              type="text"
              role="combobox"
              aria-label="Filter the packets"
              aria-keyshortcuts="/"
              aria-expanded={offered.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
              aria-invalid={mistake !== undefined}
              aria-describedby={mistake ? mistakeId : undefined}
              placeholder="Filter: type:0 client:3 text"
              autoComplete="off"
              autoCorrect="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={MAX_FILTER_CHARS}
              value={text}
              onChange={({ target }) =>
                write(target.value, target.selectionStart ?? target.value.length)
              }
              onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
              onFocus={() => setOpen(true)}
              onClick={() => setOpen(true)}
              onBlur={() => {
                finish()
                setOpen(false)
                setActive(-1)
              }}
              onKeyDown={onKeyDown}
            />
            <Count />
            {text !== '' && (
              <button
                type="button"
                className="filter-clear"
                aria-label="Clear the filter"
                title="Clear the filter (Esc)"
                onClick={() => {
                  clear()
                  box.current?.focus()
                }}
              >
                <X size={14} aria-hidden="true" />
              </button>
            )}
          </div>
        </Popover.Anchor>
        <Popover.Content
          className="menu filter-help"
          role="presentation"
          aria-labelledby={undefined}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && box.current?.contains(event.target)) {
              event.preventDefault()
            }
          }}
          onEscapeKeyDown={(event) => event.preventDefault()}
          // Keeps the focus in the box.
          onMouseDown={(event) => event.preventDefault()}
        >
          {mistake && offered.length === 0 && <p className="filter-mistake">{mistake.text}</p>}
          {offered.length > 0 && (
            <div id={listId} className="filter-options" role="listbox" aria-label="Completions">
              {offered.map((completion, index) => (
                <Option
                  key={completion.label}
                  id={`${listId}-${index}`}
                  active={index === active}
                  label={completion.label}
                  hint={completion.hint}
                  onChoose={() => complete(index)}
                />
              ))}
            </div>
          )}
        </Popover.Content>
      </Popover.Root>
      <p id={mistakeId} className="visually-hidden" role="status">
        {mistake && offered.length === 0 ? mistake.text : ''}
      </p>
    </div>
  )
}

interface OptionProps {
  id: string
  active: boolean
  label: string
  hint: string
  onChoose: () => void
}

function Option({ id, active, label, hint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active one
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
    <div
      id={id}
      ref={(option) => {
        if (active) option?.scrollIntoView({ block: 'nearest' })
      }}
      role="option"
      aria-selected={active}
      onClick={onChoose}
    >
      <code>{label}</code>
      <small>{hint}</small>
    </div>
  )
}

const packetCount = ({ packets, firstPacket }: State) => packets.end - firstPacket

/** How many packets match, of how many. */
function Count() {
  const filter = useFilter((choice) => choice.filter)
  const matches = useMatches((state) => state.matches)
  const searching = useMatches((state) => state.done !== undefined)
  const all = usePaced(packetCount)
  if (!filter || !matches) return null
  const count = `${formatCount(matchCount(matches))}${searching ? '…' : ''}`
  return (
    <span className="filter-count" title="Packets that match">
      {count} of {formatCount(all)}
    </span>
  )
}
