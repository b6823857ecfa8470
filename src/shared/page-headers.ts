// The headers that go with the page, whoever serves it: what it may load, and who may look into it.

/**
 * `connect`: the WebSocket address that the page may open, where it needs one.
 * The desktop window talks over IPC and opens no connection at all.
 */
export function pageHeaders(connect?: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "worker-src 'self'",
      `connect-src 'self'${connect === undefined ? '' : ` ${connect}`}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}
