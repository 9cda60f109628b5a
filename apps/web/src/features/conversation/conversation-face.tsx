"use client"
import type { Conversation, Snowflake } from "@hearth/core"
import { Face, type FaceSize } from "@hearth/ui"
import { useBootstrap, usePresence } from "../gateway/index.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { GroupIcon } from "./group-icon.tsx"
import { iconPath } from "./path.ts"

/** So many are shown of a group: in its name. */
const SHOWN = 3

/** Who is shown is on screen: their new names and faces are heard of. */
const Watched = ({ userId }: { userId: Snowflake }) => {
  usePresence(userId)
  return null
}

/** The other one, with what they do now; of a group its icon, or two of its people. */
export const ConversationFace = ({ of, size = 32 }: { of: Conversation; size?: FaceSize }) => {
  const me = useBootstrap((b) => b.me)
  const [first = me, second] = of.people
  if (of.kind === "direct") return <PersonFace user={first} size={size} />
  const big = size === 64
  return (
    <>
      {/* Who has not let them in is not made to look at a picture of theirs. */}
      <GroupIcon src={of.pending ? undefined : iconPath(of.icon)} size={size}>
        <span className={`pair${second ? "" : " one"}${big ? " big" : ""}`} aria-hidden="true">
          {[first, ...(second ? [second] : [])].map((p) => (
            <Face
              key={p.id}
              id={p.id}
              name={p.displayName}
              portrait={p.portrait}
              size={second ? (big ? 48 : 24) : size}
            />
          ))}
        </span>
      </GroupIcon>
      {of.people.slice(0, SHOWN).map((p) => (
        <Watched key={p.id} userId={p.id} />
      ))}
    </>
  )
}
