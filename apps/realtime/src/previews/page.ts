import { Parser } from "htmlparser2"

/** What a page says of itself, as it says it. */
export interface Said {
  title: string
  metas: ReadonlyMap<string, string>
}

const MAX_TITLE = 1_000
const MAX_META = 4_000
const wanted = new Set([
  "og:title",
  "og:description",
  "og:site_name",
  "og:image",
  "og:image:url",
  "og:image:secure_url",
  "twitter:title",
  "twitter:description",
  "twitter:image",
  "twitter:image:src",
  "twitter:card",
  "description",
])
/** No head has more tags. The parser remembers all that are open, and takes longer for each the more there are. */
const MAX_TAGS = 2_000
/** In a page's first bytes it may say in which letters it is written. */
const LOOK_BYTES = 1_024

type Decoder = InstanceType<typeof TextDecoder>
const decoderFor = (contentType: string, first: Buffer): Decoder => {
  const inHeader = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1]
  const inPage = /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(first.toString("latin1"))?.[1]
  const label = inHeader ?? (inPage && /^utf-?16/i.test(inPage) ? "utf-8" : inPage)
  try {
    return new TextDecoder(label ?? "utf-8")
  } catch {
    return new TextDecoder("utf-8")
  }
}

/** Reads a page's head as it comes, and no further. Builds no tree: what it keeps is bounded, whatever the page is. */
export const readPage = async (body: AsyncIterator<Buffer, unknown>, contentType: string): Promise<Said> => {
  const metas = new Map<string, string>()
  let title = ""
  let inTitle = false
  let hasTitle = false
  let done = false
  let tags = 0
  const finish = (): void => {
    done = true
    parser.pause()
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (done) return
        if (name === "body" || ++tags > MAX_TAGS) finish()
        else if (name === "title" && !hasTitle) inTitle = true
        else if (name === "meta") {
          const key = (attributes.property ?? attributes.name ?? "").trim().toLowerCase()
          const content = attributes.content?.slice(0, MAX_META).trim()
          if (content && wanted.has(key) && !metas.has(key)) metas.set(key, content)
        }
      },
      ontext(text) {
        if (inTitle && !done && title.length < MAX_TITLE) title += text.slice(0, MAX_TITLE)
      },
      onclosetag(name) {
        if (name === "title" && inTitle) {
          inTitle = false
          hasTitle = true
        } else if (name === "head") finish()
      },
    },
    { decodeEntities: true },
  )

  let decoder: Decoder | null = null
  let first: Buffer = Buffer.alloc(0)
  const feed = (chunk: Buffer): void => {
    decoder ??= decoderFor(contentType, first)
    parser.write(decoder.decode(chunk, { stream: true }))
  }
  for (let next = await body.next(); !next.done && !done; next = await body.next()) {
    if (decoder) feed(next.value)
    else {
      first = Buffer.concat([first, next.value])
      if (first.length >= LOOK_BYTES) feed(first)
    }
  }
  await body.return?.()
  if (!decoder) feed(first)
  if (!done) parser.end()
  return { title, metas }
}
