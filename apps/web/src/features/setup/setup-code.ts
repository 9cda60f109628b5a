/** The code in the address that the start printed: "#code=…", or the code alone. It stays out of requests and logs there. */
export const setupCodeIn = (hash: string): string => {
  const text = hash.replace(/^#/, "")
  return new URLSearchParams(text).get("code") ?? (/^[A-Za-z0-9-]+$/.test(text) ? text : "")
}
