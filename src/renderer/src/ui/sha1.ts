// The SHA-1 that a correct answer has, computed here to show what was expected.
import { useEffect, useState } from 'react'

/** Lower-case hex, of the text's UTF-8 bytes. */
export async function sha1Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Undefined until it is computed, and without a text. */
export function useSha1(text: string | undefined): string | undefined {
  const [known, setKnown] = useState<{ text: string; hash: string }>()
  useEffect(() => {
    if (text === undefined) return
    let wanted = true
    void sha1Hex(text).then((hash) => {
      if (wanted) setKnown({ text, hash })
    })
    return () => {
      wanted = false
    }
  }, [text])
  return known !== undefined && known.text === text ? known.hash : undefined
}
