// Checks of a setting's own, whose words say what to write. Raw ones: they may quote the text, which stays out of the log.
import * as v from 'valibot'
import { issuePath } from '../json-path'

/** What is wrong with a text, and what to write; undefined if nothing is. */
export type TextMistake = (text: string) => string | undefined

export const readableText = (mistake: TextMistake | undefined) =>
  v.rawCheck<string>(({ dataset, addIssue }) => {
    const message = dataset.typed ? mistake?.(dataset.value) : undefined
    if (message !== undefined) addIssue({ message })
  })

/** What is wrong with values that do not go together: the setting to change, and words. */
export type ValuesMistake<V> = (
  values: V,
) => { readonly setting: keyof V & string; readonly words: string } | undefined

export const fittingValues = <V>(mistake: ValuesMistake<V> | undefined) =>
  v.rawCheck<Record<string, unknown>>(({ dataset, addIssue }) => {
    const found = dataset.typed ? mistake?.(dataset.value as V) : undefined
    if (found === undefined) return
    addIssue({ message: found.words, path: issuePath(dataset.value, [found.setting]) })
  })
