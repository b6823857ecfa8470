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
      // No text becomes markup or code; the one policy lets the app's own workers be named (trusted-types.ts).
      "require-trusted-types-for 'script'",
      'trusted-types default',
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
    ...(connect === undefined ? {} : { 'Origin-Agent-Cluster': '?1' }),
  }
}
