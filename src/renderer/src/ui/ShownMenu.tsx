// A menu of checkboxes that chooses which items are shown. At least one stays.
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { ButtonMenu, type ButtonMenuProps } from './ButtonMenu'

interface ShownMenuProps<Item extends string> extends Omit<ButtonMenuProps, 'tip' | 'children'> {
  /** All items, in the order in which they are shown. */
  items: readonly Item[]
  shown: readonly Item[]
  wordsOf(item: Item): string
  onChange(shown: Item[]): void
}

export function ShownMenu<Item extends string>({
  items,
  shown,
  wordsOf,
  onChange,
  ...button
}: ShownMenuProps<Item>) {
  return (
    <ButtonMenu {...button}>
      {items.map((item) => {
        const checked = shown.includes(item)
        return (
          <DropdownMenu.CheckboxItem
            key={item}
            className="menu-item"
            checked={checked}
            disabled={checked && shown.length === 1}
            onCheckedChange={(wanted) =>
              onChange(items.filter((one) => (one === item ? wanted : shown.includes(one))))
            }
            onSelect={(event) => event.preventDefault()}
          >
            <DropdownMenu.ItemIndicator className="menu-mark">
              <Check size={15} aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
            {wordsOf(item)}
          </DropdownMenu.CheckboxItem>
        )
      })}
    </ButtonMenu>
  )
}
