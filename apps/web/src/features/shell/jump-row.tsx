"use client"
import type { UserCard } from "@hearth/core"
import { ChatCircleIcon, HashIcon, Keys, UsersIcon } from "@hearth/ui"
import type { HTMLAttributes } from "react"
import { GroupIcon } from "../conversation/group-icon.tsx"
import { iconPath } from "../conversation/path.ts"
import { PersonFace } from "../presence/person-face.tsx"
import type { Act } from "./jump-acts.tsx"
import type { Someone } from "./jump-people.ts"
import type { Found } from "./jump-search.ts"

export interface Place {
  id: string
  kind: "channel" | "server" | "conversation"
  name: string
  where: string
  path: string
  /** The one that a conversation is with. */
  person?: UserCard | undefined
  /** Of a group that has one. */
  icon?: string | undefined
}
export type Target = Place | Someone | Act

const Picture = ({ of }: { of: Target }) => {
  if (of.kind === "member") return <PersonFace user={of.user} size={28} />
  if (of.kind === "act") return <of.Icon className="i" aria-hidden="true" />
  if (of.kind === "conversation")
    return of.person ? (
      <PersonFace user={of.person} size={28} />
    ) : (
      <GroupIcon src={iconPath(of.icon)} size={28}>
        <ChatCircleIcon className="i" aria-hidden="true" />
      </GroupIcon>
    )
  if (of.kind === "channel") return <HashIcon className="i" aria-hidden="true" />
  return <UsersIcon className="i" weight="fill" aria-hidden="true" />
}

/** One line of the quick switcher. */
export const JumpRow = ({
  found,
  chosen,
  ...rest
}: { found: Found<Target>; chosen: boolean } & HTMLAttributes<HTMLDivElement>) => (
  <div className="jump-row" role="option" tabIndex={-1} aria-selected={chosen} {...rest}>
    <Picture of={found.item} />
    <span className="grow clip" dir="auto" title={found.item.name}>
      <Marked found={found} />
    </span>
    {found.item.kind === "act" ? (
      found.item.where && <Keys>{found.item.where}</Keys>
    ) : (
      <span className="hint clip" dir="auto">
        {found.item.where}
      </span>
    )}
    {chosen && (
      <span aria-hidden="true">
        <Keys>↵</Keys>
      </span>
    )}
  </div>
)

const Marked = ({ found: { item, from, to } }: { found: Found<Target> }) =>
  to > from ? (
    <>
      {item.name.slice(0, from)}
      <b>{item.name.slice(from, to)}</b>
      {item.name.slice(to)}
    </>
  ) : (
    item.name
  )
