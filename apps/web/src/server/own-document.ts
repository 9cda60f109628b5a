import { putScriptsOff } from "./later-scripts.ts"

/** Marks what this process asks of itself: no client knows it. */
const ASKED_BY = "x-hearth-document"
const secret = crypto.randomUUID()

/** Of one connection, and not of what is asked; and a document is compressed once, on its way out. */
const OF_THE_WAY = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "upgrade", "expect"]
const OF_THE_ANSWER = ["connection", "keep-alive", "transfer-encoding", "content-length"]

/** What a browser goes to: the router's own questions, and those of other programs, stay as they are. */
export const isDocument = (method: string, headers: Headers): boolean =>
  method === "GET" &&
  !headers.has("rsc") &&
  headers.get("accept")?.includes("text/html") === true &&
  headers.get(ASKED_BY) !== secret

/**
 * The document that is `asked` for, asked of Next itself, with its scripts put off. Next has no place where an answer that it made can
 * be changed; what it costs is in decision 28. Throws when this server does not hear itself.
 */
export const ownDocument = async (asked: URL, given: Headers, signal: AbortSignal): Promise<Response> => {
  const headers = new Headers(given)
  for (const name of OF_THE_WAY) headers.delete(name)
  headers.set("accept-encoding", "identity")
  headers.set(ASKED_BY, secret)
  const url = `${ownOrigin()}${asked.pathname}${asked.search}`
  const answer = await fetch(url, { headers, redirect: "manual", cache: "no-store", signal })
  const told = new Headers(answer.headers)
  for (const name of OF_THE_ANSWER) told.delete(name)
  // Next takes whole addresses from a proxy, and makes them short again.
  const to = told.get("location")
  if (to !== null) told.set("location", new URL(to, asked).href)
  const isPage = told.get("content-type")?.startsWith("text/html")
  return new Response(isPage ? answer.body?.pipeThrough(putScriptsOff()) : answer.body, {
    status: answer.status,
    headers: told,
  })
}

const ownOrigin = (): string => {
  const { HOSTNAME, PORT } = process.env
  const host = !HOSTNAME || HOSTNAME === "0.0.0.0" || HOSTNAME === "::" ? "127.0.0.1" : HOSTNAME
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT ?? 3000}`
}
