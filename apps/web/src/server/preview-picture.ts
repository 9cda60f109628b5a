import { PreviewPicture } from "@hearth/core"

interface Deps {
  isSignedIn: () => Promise<boolean>
  read: (id: string) => Promise<Buffer | null>
}

const headers = {
  "x-content-type-options": "nosniff",
  // Opened as a page of its own, it is a picture, and nothing else.
  "content-security-policy": "default-src 'none'; sandbox",
}
const none = (status: number): Response =>
  new Response(null, { status, headers: { ...headers, "cache-control": "no-store" } })

/** A small picture of a card, for who is signed in. What a name says never changes, so it is kept by the browser, and by nobody between. */
export const answerPicture = async (id: string, { isSignedIn, read }: Deps): Promise<Response> => {
  if (!PreviewPicture.shape.id.safeParse(id).success) return none(404)
  if (!(await isSignedIn())) return none(401)
  const picture = await read(id)
  if (!picture) return none(404)
  return new Response(new Uint8Array(picture), {
    headers: { ...headers, "content-type": "image/webp", "cache-control": "private, max-age=31536000, immutable" },
  })
}
