// Comma-separated values (RFC 4180) for spreadsheets, which never calculate what is in them.

export function csvTable(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n')
}

/**
 * A spreadsheet would calculate what begins like a formula, with spaces before it too. Where semicolons or tabs separate cells,
 * it would look for one after those as well, and after a line break.
 */
function cell(text: string): string {
  const safe = text.replace(/(^|[;\t\r\n])(?=\s*[=+\-@])/g, "$1'")
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
