// The code of the class in the page's address, which a person may have typed.

/** `hash`: with its #. What is no proper encoding is left as it is: the person sees it, and can correct it. */
export function codeOf(hash: string): string {
  const code = hash.slice(1)
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}
