// The HTTP headers of the page: what it may load, and who may embed it.

/** Browser features that the page never uses. Writing to the clipboard is for "copy", full screen for the stage view. */
const REFUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/**
 * Forbids system dialogs (`window.print` opens one, which blocks everything) and new windows. For
 * the desktop only: in a browser dialogs are harmless, and some browsers refuse a page that
 * combines this with `Cross-Origin-Opener-Policy`, as the HTML standard demands.
 */
const SANDBOX = 'sandbox allow-scripts allow-same-origin allow-forms allow-downloads'

/**
 * Returns the headers. `connect`: the WebSocket addresses that the page may open, if it comes from
 * a host that it also fetches from. The desktop window uses IPC and opens no connection at all.
 */
export function pageHeaders(connect?: string): Record<string, string> {
  const isDesktop = connect === undefined
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "worker-src 'self'",
      `connect-src ${isDesktop ? "'none'" : `'self' ${connect}`}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      // No text becomes markup or code; the one policy allows the app's own workers
      // (trusted-types.ts).
      "require-trusted-types-for 'script'",
      'trusted-types default',
      ...(isDesktop ? [SANDBOX] : []),
    ].join('; '),
    'Permissions-Policy': [
      ...REFUSED_FEATURES.map((name) => `${name}=()`),
      'clipboard-write=(self)',
      'fullscreen=(self)',
    ].join(', '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-DNS-Prefetch-Control': 'off',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Pages over HTTP share a site with their host; an origin of the app's own scheme shares it
    // with no other.
    ...(isDesktop ? {} : { 'Origin-Agent-Cluster': '?1' }),
  }
}
