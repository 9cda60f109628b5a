import { type Message, Preview, Previews, ThreadLine } from "@hearth/core"
import { z } from "zod"
import { type Bodies, messagePlace } from "./bodies.ts"

/**
 * What few messages have: it lies in one column, and absent means that there is nothing of it. What pages say tells what was
 * written, so with keys it lies there sealed.
 */
const Extra = z.object({
  thread: ThreadLine.optional().catch(undefined),
  previews: Previews.optional().catch(undefined),
  sealed: z.string().optional().catch(undefined),
})
type Extra = z.infer<typeof Extra>

type Place = Pick<Message, "channelId" | "authorId" | "nonce">
/** Where they lie: bound to the message, and no body of it. */
const placeOf = ({ channelId, authorId, nonce }: Place): string =>
  `previews:${messagePlace(channelId, authorId, nonce)}`

export const extraOf = (message: Place & Pick<Message, "thread" | "previews">, bodies: Bodies): Extra => {
  const { thread, previews } = message
  const isSealed = bodies.header.length > 0 && previews !== undefined && previews.length > 0
  return {
    ...(thread && { thread }),
    ...(previews && !isSealed && { previews }),
    ...(isSealed && { sealed: bodies.seal(JSON.stringify(previews), placeOf(message)).toString("base64") }),
  }
}

const unsealed = (sealed: string, bodies: Bodies, place: string): Preview[] | undefined => {
  try {
    return Previews.parse(JSON.parse(bodies.open(Buffer.from(sealed, "base64"), place)))
  } catch {
    return undefined
  }
}

/** What cannot be read is left out: the message itself can. Nodes that know no cards leave them on what they delete. */
export const withExtra = (message: Message, extra: unknown, bodies: Bodies): Message => {
  if (extra === null || extra === undefined) return message
  const { thread, previews, sealed } = Extra.safeParse(extra).data ?? {}
  const bare = { ...message, ...(thread && { thread }) }
  if (message.deleted) return bare
  const cards = sealed === undefined ? previews : unsealed(sealed, bodies, placeOf(message))
  return { ...bare, ...(cards && { previews: cards }) }
}

/** The same under the first key; null: it lies as it would be written, or cannot be read. */
export const resealedExtra = (place: Place, extra: unknown, bodies: Bodies): Extra | null => {
  const { thread, sealed, previews } = Extra.safeParse(extra ?? {}).data ?? {}
  const isCurrent =
    sealed === undefined
      ? !previews?.length || bodies.header.length === 0
      : bodies.isCurrent(Buffer.from(sealed, "base64"))
  if (isCurrent) return null
  const cards = sealed === undefined ? previews : unsealed(sealed, bodies, placeOf(place))
  return cards ? extraOf({ ...place, thread, previews: cards }, bodies) : null
}
