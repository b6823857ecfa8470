// The headers that go with the page, whoever serves it: what it may load, and who may look into it.

/** What a page can ask a browser for, and this one never does. Writing to the clipboard is for "copy". */
const REFUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
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
 * What the app's page does: no dialog of the system's (`window.print` opens one, in which everything stands still) and no
 * window is among it. For the desktop only: a browser's dialogs are its own, and some browsers refuse a page that comes
 * with this and with `Cross-Origin-Opener-Policy`, as the HTML standard wants it.
 */
const SANDBOX = 'sandbox allow-scripts allow-same-origin allow-forms allow-downloads'

/**
 * `connect`: the WebSocket address that the page may open, where it comes from a host that it fetches from too.
 * The desktop window talks over IPC and opens no connection at all.
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
      // No text becomes markup or code; the one policy lets the app's own workers be named (trusted-types.ts).
      "require-trusted-types-for 'script'",
      'trusted-types default',
      ...(isDesktop ? [SANDBOX] : []),
    ].join('; '),
    'Permissions-Policy': [
      ...REFUSED_FEATURES.map((name) => `${name}=()`),
      'clipboard-write=(self)',
    ].join(', '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-DNS-Prefetch-Control': 'off',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Pages over HTTP share a site by their host; an origin of the app's own scheme shares it with nobody.
    ...(isDesktop ? {} : { 'Origin-Agent-Cluster': '?1' }),
  }
}
