/** Only what this server itself serves, and scripts that carry this answer's nonce. */
export const contentSecurityPolicy = ({
  nonce,
  host,
  dev,
}: {
  nonce: string
  /** As the browser knows it: older ones do not take 'self' for WebSockets. */
  host: string | null
  dev: boolean
}): string => {
  const sockets = host && /^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? ` ws://${host} wss://${host}` : ""
  const directives = {
    "default-src": "'self'",
    // Development compiles with eval, and puts styles in without a nonce; 'unsafe-inline' beside a nonce would be ignored.
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src": dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self'${sockets}`,
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ")
}
