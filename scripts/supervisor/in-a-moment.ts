import { createHash } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"

const RETRY_S = 2

const texts = {
  en: {
    title: "Hearth is coming back",
    lead: "It is just starting or stopping. What you wrote and sent is safe.",
    next: "This page looks again by itself.",
  },
  de: {
    title: "Hearth ist gleich wieder da",
    lead: "Es startet oder endet gerade. Was du geschrieben und gesendet hast, ist sicher.",
    next: "Diese Seite sieht von selbst wieder nach.",
  },
} as const

// Nothing of the app can be asked for here, so the page stands alone, in the system's own colours.
const STYLE =
  ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;justify-items:center;" +
  "text-align:center;font:1rem/1.5 system-ui,sans-serif;padding:1.5rem}svg{width:4rem;opacity:.5}h1{font-size:1.3rem;margin:1rem 0 .25rem}" +
  "p{margin:0;max-width:34ch}p+p{margin-top:.5rem;opacity:.75}"
const MARK =
  "M16 2C8.3 2 2.5 7.9 2.5 15.4V27a3 3 0 0 0 3 3h21a3 3 0 0 0 3-3V15.4C29.5 7.9 23.7 2 16 2Zm0 5c5 0 8.5 3.6 8.5 8.6V25h-17v-9.4C7.5 10.6 11 7 16 7Z"
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** The first language of ours that the browser names; without weights browsers send them in their order. */
const languageOf = (req: IncomingMessage): keyof typeof texts => {
  const wanted = (req.headers["accept-language"] ?? "").toLowerCase().split(",")
  const first = wanted.map((part) => part.trim().slice(0, 2)).find((name) => name === "de" || name === "en")
  return first === "de" ? "de" : "en"
}

const page = (language: keyof typeof texts): string => {
  const { title, lead, next } = texts[language]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><svg viewBox="0 0 32 32" aria-hidden="true"><path fill="currentColor" d="${MARK}"/></svg><h1>${title}</h1><p>${lead}</p><p>${next}</p></body></html>`
}

/** No app is up to answer: people get a page that looks again by itself, programs get a line. */
export const answerLater = (req: IncomingMessage, res: ServerResponse): void => {
  const forPeople = (req.headers.accept ?? "").includes("text/html") && (req.method === "GET" || req.method === "HEAD")
  const language = languageOf(req)
  res.writeHead(503, {
    "content-type": `text/${forPeople ? "html" : "plain"}; charset=utf-8`,
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "retry-after": "1",
    ...(forPeople && { refresh: String(RETRY_S), "content-language": language }),
  })
  res.end(forPeople ? page(language) : `${texts.en.title}. ${texts.en.lead} Try again in a moment.\n`)
}
