import { readdirSync, readFileSync } from "node:fs"
import type { IncomingMessage, ServerResponse } from "node:http"
import { join } from "node:path"

const TYPES: Record<string, string> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
  svg: "image/svg+xml",
  json: "application/json; charset=UTF-8",
}
const PREFIX = "/_next/static/"
const SUFFIX = ".br"

const takesBrotli = (req: IncomingMessage): boolean =>
  String(req.headers["accept-encoding"] ?? "")
    .split(",")
    .some((part) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(part))

/**
 * The built scripts and styles as they were compressed at the build, by heart: a name there holds a hash of what is in it. Answers
 * whether it answered; whoever takes no Brotli, which browsers do over HTTPS and on localhost, gets the web app's own answer.
 */
export const compressedFiles = (staticDir: string) => {
  const files = new Map<string, { body: Buffer; type: string }>()
  let names: string[] = []
  try {
    names = readdirSync(staticDir, { recursive: true, encoding: "utf8" })
  } catch {
    // Not built: nothing is here, and the web app says so.
  }
  for (const name of names) {
    const type = TYPES[name.slice(0, -SUFFIX.length).split(".").at(-1) ?? ""]
    if (name.endsWith(SUFFIX) && type)
      files.set(PREFIX + name.slice(0, -SUFFIX.length), { body: readFileSync(join(staticDir, name)), type })
  }
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    if (req.method !== "GET" || !takesBrotli(req)) return false
    const file = files.get((req.url ?? "").split("?", 1)[0] ?? "")
    if (!file) return false
    res.writeHead(200, {
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.body.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    })
    res.end(file.body)
    return true
  }
}
