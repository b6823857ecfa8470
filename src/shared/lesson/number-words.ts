// Numbers and shares as answers and the truth are written.

export function percentWords(percent: number): string {
  return `${numberWords(percent)} %`
}

export function numberWords(value: number): string {
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(4))
  return shown.toLocaleString('en-US', { maximumFractionDigits: 4 })
}
