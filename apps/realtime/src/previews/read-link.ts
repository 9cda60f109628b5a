import { MAX_PREVIEW_SITE, MAX_PREVIEW_TEXT, MAX_PREVIEW_TITLE } from "@hearth/core"
import { cleanText } from "./clean.ts"
import { readPage, type Said } from "./page.ts"
import { makePicture, MAX_SOURCE_BYTES, type Picture, type Shape } from "./picture.ts"
import { type Answer, get } from "./request.ts"
import type { Reach } from "./target.ts"

/** What a link leads to, as far as a card needs it. */
export interface Found {
  site: string
  title: string
  text: string
  picture: Picture | null
}
export type ReadLink = (url: string) => Promise<Found | null>

export const MAX_PAGE_BYTES = 524_288
const defaultTimes = { pageMs: 5_000, pictureMs: 5_000 }
type Times = typeof defaultTimes

const typeOf = ({ headers }: Answer): string => headers["content-type"] ?? ""
const isPage = (type: string): boolean => /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type)
const isPicture = (type: string): boolean => /^\s*image\/(?:jpeg|png|webp|gif)\b/i.test(type)

/** What is cut off of a long name is its beginning: whose it is stands at the end. */
const MAX_HOST = 30

/** Whose a page really is, and then the name that it gives itself: a narrow card cuts that off, and never the other. */
const siteOf = (url: URL, name: string): string => {
  const whole = url.hostname.replace(/^www\./, "")
  const host = whole.length > MAX_HOST ? `…${whole.slice(1 - MAX_HOST)}` : whole
  const clean = cleanText(name, MAX_PREVIEW_SITE - host.length - 3)
  return clean === "" || clean.toLowerCase() === host.toLowerCase() ? host : `${host} · ${clean}`
}

const readPicture = async (answer: Answer, shape: Shape): Promise<Picture | null> => {
  if (Number(answer.headers["content-length"] ?? 0) > MAX_SOURCE_BYTES) {
    answer.close()
    return null
  }
  const chunks: Buffer[] = []
  const body = answer.read(MAX_SOURCE_BYTES)
  for (;;) {
    const next = await body.next()
    if (!next.done) chunks.push(next.value)
    else return next.value.whole ? makePicture(Buffer.concat(chunks), shape) : null
  }
}

const pictureOf = async (page: URL, { metas }: Said, reach: Reach, ms: number): Promise<Picture | null> => {
  const names = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"]
  const named = names.map((name) => metas.get(name)).find((text) => text !== undefined)
  if (named === undefined || !URL.canParse(named, page.href)) return null
  const isLarge = metas.get("twitter:card")?.toLowerCase() === "summary_large_image"
  try {
    const answer = await get(new URL(named, page), "image/*", reach, AbortSignal.timeout(ms))
    if (isPicture(typeOf(answer))) return await readPicture(answer, isLarge ? "large" : "small")
    answer.close()
    return null
  } catch {
    return null
  }
}

/** Fetches what a link leads to. null: nothing that a card could show, for whatever reason: nobody is told which. */
export const createReadLink =
  (reach: Reach, times: Partial<Times> = {}): ReadLink =>
  async (link) => {
    const { pageMs, pictureMs } = { ...defaultTimes, ...times }
    try {
      const accept = "text/html,application/xhtml+xml,image/*;q=0.5"
      const answer = await get(new URL(link), accept, reach, AbortSignal.timeout(pageMs))
      const { url, headers } = answer
      const type = typeOf(answer)
      // Hearths say so of their own pages, which say nothing to who is not signed in.
      if (headers["x-link-preview"] === "none" || !(isPage(type) || isPicture(type))) {
        answer.close()
        return null
      }
      if (isPicture(type)) {
        const picture = await readPicture(answer, "whole")
        return picture && { site: siteOf(url, ""), title: "", text: "", picture }
      }
      const said = await readPage(answer.read(MAX_PAGE_BYTES), type)
      const first = (...names: string[]): string => names.flatMap((name) => said.metas.get(name) ?? [])[0] ?? ""
      const title = cleanText(first("og:title", "twitter:title") || said.title, MAX_PREVIEW_TITLE)
      if (title === "") return null
      const text = cleanText(first("og:description", "twitter:description", "description"), MAX_PREVIEW_TEXT)
      const site = siteOf(url, first("og:site_name"))
      return { site, title, text: text === title ? "" : text, picture: await pictureOf(url, said, reach, pictureMs) }
    } catch {
      return null
    }
  }
