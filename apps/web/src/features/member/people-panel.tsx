"use client"
import type { MemberGroup, MemberRow, Role, Snowflake } from "@hearth/core"
import { Banner, Bone, Button, CloudSlashIcon, IconButton, onDemand, useOnDemand, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, memo, useCallback, useMemo, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { type MemberRange, useConnection } from "../gateway/index.ts"
import { useMembers } from "../gateway/use-members.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { StatusLine } from "../status/status-line.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { usePanes } from "../shell/shell.tsx"
import { linesOf, rangesFor } from "./member-lines.ts"
import { PeopleList } from "./people-list.tsx"

/** Whoever has more members than this needs to look for them. */
const LOOKS_FOR = 50
const search = onDemand(() => import("./people-search.tsx"))

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
  const { setPeople } = usePanes()
  const roles = useGuild(guildId)?.roles ?? []
  const t = useTranslations("member")
  const formats = useFormats()
  // While people come and go all the time, an exact number would claim too much.
  const countOf = ({ count }: MemberGroup) =>
    count > EXACT ? t("about", { count: formats.about(count) }) : formats.number(count)
  const titleOf = useTitleOf(roles)
  const [ranges, setRanges] = useState<readonly MemberRange[]>([[0, 50]])
  const { rows, groups, total, loading, failed, again } = useMembers(guildId, ranges)
  // Without a connection the room says so; the members come with the next one.
  const online = useConnection().status === "online"
  const lines = useMemo(() => linesOf(groups, total), [groups, total])
  const [query, setQuery] = useState("")
  const finding = useOnDemand(search, total > LOOKS_FOR, () => {})
  // Whoever walks through the list stays drawn, however far one scrolls.
  const [held, setHeld] = useState<{ line: number; row: MemberRow } | null>(null)
  const onHold = useCallback((line: number, row: MemberRow | null) => setHeld(row && { line, row }), [])
  const onDraw = useCallback(
    (first: number, end: number) => {
      const next = rangesFor(lines.ranks(first, end))
      setRanges((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next))
    },
    [lines],
  )
  const line = (at: number, isAway: boolean) => {
    const it = lines.at(at)
    return it.kind === "group" ? (
      <div key={`g${it.group.key}`} role="listitem" aria-posinset={at + 1} aria-setsize={lines.length}>
        <h2 className="group">
          <span className="clip">{titleOf(it.group)}</span>
          <span className="num">{countOf(it.group)}</span>
        </h2>
      </div>
    ) : (
      <Person
        key={`r${it.rank}`}
        row={rows.get(it.rank) ?? (isAway ? held?.row : undefined)}
        away={it.away}
        guildId={guildId}
        line={at}
        of={lines.length}
        held={isAway}
        onHold={onHold}
      />
    )
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
      {finding && (total > LOOKS_FOR || query !== "") && <finding.PeopleField query={query} onQuery={setQuery} />}
      {failed && online && <NotLoaded onRetry={again} />}
      {finding && query !== "" ? (
        <finding.PeopleFound guildId={guildId} prefix={query} />
      ) : loading && failed && online ? null : loading && total === 0 ? (
        <div className="people-scroll bones" role="status" aria-label={t("loading")}>
          {[2, 3, 2, 2, 3].map((width, i) => (
            <div className="person" key={i}>
              <span className="bone round f32" />
              <Bone width={width as 2 | 3} />
            </div>
          ))}
        </div>
      ) : (
        <PeopleList
          lines={lines}
          label={t("byGroup")}
          held={held?.line ?? -1}
          line={line}
          onDraw={onDraw}
          onKeyDown={onArrow}
        />
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
  /** Which line of the list it is, and of how many. */
  line?: number
  of?: number
  /** Far from the screen, and drawn for the focus alone. */
  held?: boolean | undefined
  /** It has the focus, or has it no more: then there is no row. */
  onHold?: (line: number, row: MemberRow | null) => void
}

/** Somebody in the list; pressed, more of them. */
export const Person = memo(function Person({ row, away, guildId, line = -1, of, held, onHold }: PersonProps) {
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
        onFocus={() => onHold?.(line, row)}
        onBlur={() => onHold?.(line, null)}
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
