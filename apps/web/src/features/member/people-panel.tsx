"use client"
import type { MemberGroup, MemberRow, Role, Snowflake } from "@hearth/core"
import { Banner, Bone, Button, CloudSlashIcon, IconButton, onDemand, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, memo, useRef, useState } from "react"
import { VList, type VListHandle } from "virtua"
import { useFormats } from "../../i18n/formats.ts"
import { type MemberRange, useConnection } from "../gateway/index.ts"
import { useMembers } from "../gateway/use-members.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { StatusLine } from "../status/status-line.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { usePanes } from "../shell/shell.tsx"
import { itemsOf, rangesFor } from "./member-items.ts"

const own = ["online", "offline", "members"] as const

const useTitleOf = (roles: readonly Role[]) => {
  const t = useTranslations("member.groups")
  return ({ key }: MemberGroup): string =>
    roles.find((r) => r.id === key)?.name ?? t(own.find((known) => known === key) ?? "members")
}

/** Who is in the server, in groups. Only what is on screen is asked for and watched, however many there are. */
export const PeoplePanel = memo(function PeoplePanel({ guildId }: { guildId: Snowflake }) {
  const { setPeople } = usePanes()
  const roles = useGuild(guildId)?.roles ?? []
  const t = useTranslations("member")
  const formats = useFormats()
  const titleOf = useTitleOf(roles)
  const [ranges, setRanges] = useState<readonly MemberRange[]>([[0, 100]])
  const { rows, groups, total, loading, failed, again } = useMembers(guildId, ranges)
  // Without a connection the room says so; the members come with the next one.
  const online = useConnection().status === "online"
  const list = useRef<VListHandle>(null)
  const items = itemsOf(groups, total)
  // Whoever walks through the list stays drawn, however far one scrolls.
  const [held, setHeld] = useState(-1)
  const onScroll = () => {
    const handle = list.current
    if (!handle) return
    const first = handle.findItemIndex(handle.scrollOffset)
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize)
    const next = rangesFor(items, first, last)
    setRanges((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next))
  }
  return (
    <aside className="people" aria-label={t("panel")}>
      <header className="bar only-narrow people-bar">
        <h2 className="grow">{t("panel")}</h2>
        <IconButton
          label={t("closePanel")}
          icon={<XIcon className="i" aria-hidden="true" />}
          onClick={() => setPeople(false)}
        />
      </header>
      {failed && online && <NotLoaded onRetry={again} />}
      {loading && failed && online ? null : loading && items.length === 0 ? (
        <div className="people-scroll bones" role="status" aria-label={t("loading")}>
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
          aria-label={t("byGroup")}
          keepMounted={held >= 0 && held < items.length ? [held] : []}
          onKeyDown={onArrow}
        >
          {items.map((item, i) =>
            item.kind === "group" ? (
              <div key={`g${item.group.key}`} role="listitem">
                <h2 className="group">
                  <span className="clip">{titleOf(item.group)}</span>
                  <span className="num">{formats.number(item.group.count)}</span>
                </h2>
              </div>
            ) : (
              <Person
                key={`r${item.rank}`}
                row={rows.get(item.rank)}
                away={item.away}
                guildId={guildId}
                onHold={(holds) => setHeld(holds ? i : -1)}
              />
            ),
          )}
        </VList>
      )}
    </aside>
  )
})

const NotLoaded = ({ onRetry }: { onRetry: () => void }) => {
  const t = useTranslations("member")
  const tCommon = useTranslations("common")
  return (
    <div className="pane-broke">
      <Banner
        tone="warn"
        icon={<CloudSlashIcon className="i" aria-hidden="true" />}
        title={t("notLoaded")}
        action={
          <Button size="small" onClick={onRetry}>
            {tCommon("tryAgain")}
          </Button>
        }
      >
        {t("notLoadedSafe")}
      </Banner>
    </div>
  )
}

const walk = onDemand(() => import("./walk-people.ts"))

/** Arrows walk from one person to the next. */
const onArrow = (event: KeyboardEvent<HTMLElement>) => {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  const list = event.currentTarget
  walk.load().then(
    ({ walkPeople }) => walkPeople(list, step),
    () => {
      // Without a connection it is tried with the next key.
    },
  )
}

interface PersonProps {
  row: MemberRow | undefined
  away: boolean
  guildId?: Snowflake
  /** It has the focus, or has it no more. */
  onHold?: (holds: boolean) => void
}

/** Somebody in the list; pressed, more of them. */
export const Person = ({ row, away, guildId, onHold }: PersonProps) => {
  const ask = useAsk()
  if (!row)
    return (
      <div role="listitem" className="person">
        <span className="bone round f32" />
        <Bone width={3} />
      </div>
    )
  const { user } = row
  return (
    <div role="listitem">
      <button
        type="button"
        className={away ? "person away" : "person"}
        tabIndex={-1}
        aria-haspopup="dialog"
        onFocus={() => onHold?.(true)}
        onBlur={() => onHold?.(false)}
        onClick={(event) =>
          ask({ kind: "profile", userId: user.id, anchor: event.currentTarget, ...(guildId && { guildId }) })
        }
      >
        <PersonFace user={user} />
        <span className="grow">
          <span className="name clip" dir="auto" title={user.displayName}>
            {user.displayName}
          </span>
          {!away && <StatusLine userId={user.id} />}
        </span>
      </button>
    </div>
  )
}
