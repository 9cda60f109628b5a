"use client"
import type { Conversation } from "@hearth/core"
import { Face, type FaceSize } from "@hearth/ui"
import { useBootstrap } from "../gateway/index.ts"
import { PersonFace } from "../presence/person-face.tsx"

/** The other one, with what they do now; of a group two of its people. */
export const ConversationFace = ({ of, size = 32 }: { of: Conversation; size?: FaceSize }) => {
  const me = useBootstrap((b) => b.me)
  const [first = me, second] = of.people
  if (of.kind === "direct") return <PersonFace user={first} size={size} />
  return (
    <span className={second ? "pair" : "pair one"} aria-hidden="true">
      {[first, ...(second ? [second] : [])].map((p) => (
        <Face key={p.id} id={p.id} name={p.displayName} portrait={p.portrait} size={second ? 24 : size} />
      ))}
    </span>
  )
}
