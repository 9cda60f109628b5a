"use client"
import type { MemberGroup, MemberRow, Role, Snowflake } from "@hearth/core"
import { Banner, Bone, Button, CloudSlashIcon, IconButton, onDemand, useOnDemand, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, memo, type ReactNode, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { type MemberRange, useConnection } from "../gateway/index.ts"
import { useMembers } from "../gateway/use-members.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { StatusLine } from "../status/status-line.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { usePanes } from "../shell/panes-context.ts"

/** So many are drawn as they are. Of more, only those near the screen are, and one looks for them by name. */
const FEW = 50
export const FIRST_RANGES: readonly MemberRange[] = [[0, FEW]]
const many = onDemand(() => import("./many-people.tsx"))

/** Above it, how many they are is said in round numbers. */
const EXACT = 10_000

const own = ["online", "offline", "members"] as const

const useTitleOf = (roles: readonly Role[]) => {
  const t = useTranslations("member.groups")
  return ({ key }: MemberGroup): string =>
    roles.find((r) => r.id === key)?.name ?? t(own.find((known) => known === key) ?? "members")
}

/** Who is in the server, in groups. Only what is on screen is asked for and watched, however many there are. */
export const PeoplePanel = memo(function PeoplePanel({ guildId }: { guildId: Snowflake }) {
  // What one looks for, and how far down, is of one server.
  return <PeopleOf key={guildId} guildId={guildId} />
})

const PeopleOf = ({ guildId }: { guildId: Snowflake }) => {
  const { setPeople } = usePanes()
  const roles = useGuild(guildId)?.roles ?? []
  const t = useTranslations("member")
  const formats = useFormats()
  // While people come and go all the time, an exact number would claim too much.
  const countOf = ({ count }: MemberGroup) =>
    count > EXACT ? t("about", { count: formats.about(count) }) : formats.number(count)
  const titleOf = useTitleOf(roles)
  const [ranges, setRanges] = useState(FIRST_RANGES)
  const { rows, groups, total, loading, failed, again } = useMembers(guildId, ranges)
  // Without a connection the room says so; the members come with the next one.
  const online = useConnection().status === "online"
  const [query, setQuery] = useState("")
  const more = useOnDemand(many, total > FEW, () => {})
  const group = (it: MemberGroup) => (
    <h2 className="group">
      <span className="clip">{titleOf(it)}</span>
      <span className="num">{countOf(it)}</span>
    </h2>
  )
  const few = () => {
    const lines: ReactNode[] = []
    let rank = 0
    for (const it of groups) {
      if (rank < FEW)
        lines.push(
          <div key={it.key} role="listitem">
            {group(it)}
          </div>,
        )
      for (let i = 0; i < it.count && rank < Math.min(total, FEW); i++, rank++)
        lines.push(<Person key={rank} row={rows.get(rank)} away={it.key === "offline"} guildId={guildId} />)
    }
    return lines
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
      {more && (total > FEW || query !== "") && <more.PeopleField query={query} onQuery={setQuery} />}
      {failed && online && <NotLoaded onRetry={again} />}
      {more && query !== "" ? (
        <more.PeopleFound guildId={guildId} prefix={query} />
      ) : loading && failed && online ? null : loading && total === 0 ? (
        <div className="people-scroll bones" role="status" aria-label={t("loading")}>
          {[2, 3, 2, 2, 3].map((width, i) => (
            <div className="person" key={i}>
              <span className="bone round f32" />
              <Bone width={width as 2 | 3} />
            </div>
          ))}
        </div>
      ) : more && total > FEW ? (
        <more.ManyPeople
          guildId={guildId}
          groups={groups}
          total={total}
          rows={rows}
          label={t("byGroup")}
          group={group}
          onRanges={setRanges}
        />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows walk through it
        <div
          className="people-scroll"
          role="list"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled by keys
          tabIndex={0}
          aria-label={t("byGroup")}
          onKeyDown={onArrow}
        >
          {few()}
        </div>
      )}
    </aside>
  )
}

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
export const onArrow = (event: KeyboardEvent<HTMLElement>) => {
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
  /** Where they stand in the list: lines move when groups come and go above. */
  rank?: number
  /** Which line of the list it is, and of how many. */
  line?: number
  of?: number
  /** Far from the screen, and drawn for the focus alone. */
  held?: boolean | undefined
  /** It has the focus, or has it no more: then there is no row. */
  onHold?: (rank: number, row: MemberRow | null) => void
}

/** Somebody in the list; pressed, more of them. */
export const Person = memo(function Person({
  row,
  away,
  guildId,
  rank = -1,
  line = -1,
  of,
  held,
  onHold,
}: PersonProps) {
  const ask = useAsk()
  const place = of ? { "aria-posinset": line + 1, "aria-setsize": of } : {}
  if (!row)
    return (
      <div role="listitem" className="person" {...place}>
        <span className="bone round f32" />
        <Bone width={3} />
      </div>
    )
  const { user } = row
  return (
    <div role="listitem" className={held ? "held" : undefined} {...place}>
      <button
        type="button"
        className={away ? "person away" : "person"}
        tabIndex={-1}
        aria-haspopup="dialog"
        onFocus={() => onHold?.(rank, row)}
        onBlur={() => onHold?.(rank, null)}
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
})
