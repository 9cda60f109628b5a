/** Where to go after signing in: a path of ours, or the start. Whatever could lead elsewhere is the start. */
export const safeNext = (next: string | null | undefined): string => {
  // oxlint-disable-next-line no-control-regex -- browsers drop some of them, and what is left may be another host
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || /[\u0000-\u001F\\]/.test(next)) return "/"
  const url = new URL(next, "http://here.invalid")
  const path = url.pathname + url.search + url.hash
  // Once dots are resolved, `/.//elsewhere` begins with two slashes as well.
  return url.host === "here.invalid" && !path.startsWith("//") ? path : "/"
}
