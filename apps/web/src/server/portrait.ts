import { Portrait } from "@hearth/core"
import { drawPortrait } from "@hearth/ui/portrait"

/** The drawn face of `<seed>.svg`. Anybody may have it: it says nothing but its own seed. */
export const answerPortrait = (file: string): Response => {
  const seed = Portrait.safeParse(/^(.+)\.svg$/.exec(file)?.[1])
  if (!seed.success) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } })
  return new Response(drawPortrait(seed.data), {
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      // Opened as a page of its own, it is a picture, and nothing else.
      "content-security-policy": "default-src 'none'; sandbox",
    },
  })
}
