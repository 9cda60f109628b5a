"use client"
import type { MemberGroup, MemberRow, Role, Snowflake } from "@hearth/core"
import { Bone, IconButton, XIcon } from "@hearth/ui"
import { useRef, useState } from "react"
import { VList, type VListHandle } from "virtua"
import { type MemberRange, useMembers } from "../gateway/index.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { useGuild } from "../shell/place.ts"
import { usePanes } from "../shell/shell.tsx"
import { itemsOf, rangesFor } from "./member-items.ts"

const titles: Record<string, string> = { online: "Here", offline: "Not here", members: "Members" }

const titleOf = (group: MemberGroup, roles: readonly Role[]): string =>
  titles[group.key] ?? roles.find((r) => r.id === group.key)?.name ?? "Members"

/** Who is in the server, in groups. Only what is on screen is asked for and watched, however many there are. */
export const PeoplePanel = ({ guildId }: { guildId: Snowflake }) => {
  const { setPeople } = usePanes()
  const roles = useGuild(guildId)?.roles ?? []
  const [ranges, setRanges] = useState<readonly MemberRange[]>([[0, 100]])
  const { rows, groups, total, loading } = useMembers(guildId, ranges)
  const list = useRef<VListHandle>(null)
  const items = itemsOf(groups, total)
  const onScroll = () => {
    const handle = list.current
    if (!handle) return
    const first = handle.findItemIndex(handle.scrollOffset)
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize)
    const next = rangesFor(items, first, last)
    setRanges((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next))
  }
  return (
    <aside className="people" aria-label="Members">
      <header className="bar only-narrow people-bar">
        <h2 className="grow">Members</h2>
        <IconButton
          label="Close members"
          icon={<XIcon className="i" aria-hidden="true" />}
          onClick={() => setPeople(false)}
        />
      </header>
      {loading && items.length === 0 ? (
        <div className="people-scroll bones" role="status" aria-label="Loading members">
          {[2, 3, 2, 2, 3].map((width, i) => (
            <div className="person" key={i}>
              <span className="bone round f32" />
              <Bone width={width as 2 | 3} />
            </div>
          ))}
        </div>
      ) : (
        <VList
          ref={list}
          className="people-scroll"
          role="list"
          onScroll={onScroll}
          tabIndex={0}
          aria-label="Members by group"
        >
          {items.map((item) =>
            item.kind === "group" ? (
              <div key={`g${item.group.key}`} role="listitem">
                <h2 className="group">
                  <span className="clip">{titleOf(item.group, roles)}</span>
                  <span className="num">{item.group.count.toLocaleString("en")}</span>
                </h2>
              </div>
            ) : (
              <Person key={`r${item.rank}`} row={rows.get(item.rank)} away={item.away} />
            ),
          )}
        </VList>
      )}
    </aside>
  )
}

export const Person = ({ row, away }: { row: MemberRow | undefined; away: boolean }) => (
  <div role="listitem" className={away ? "person away" : "person"}>
    {row ? (
      <>
        <PersonFace user={row.user} />
        <span className="grow">
          <span className="name clip">{row.user.displayName}</span>
        </span>
      </>
    ) : (
      <>
        <span className="bone round f32" />
        <Bone width={3} />
      </>
    )}
  </div>
)
