"use client"
import type { MemberRow, Snowflake } from "@hearth/core"
import { Button, IconButton, MagnifyingGlassIcon, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useList } from "../act/use-list.ts"
import { usePresence } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import { trpc } from "../trpc/client.ts"
import { onArrow, Person } from "./people-panel.tsx"

const SETTLE_MS = 150

interface PeopleFieldProps {
  query: string
  onQuery: (query: string) => void
}

/** What somebody's name begins with. */
export const PeopleField = ({ query, onQuery }: PeopleFieldProps) => {
  const t = useTranslations("member")
  return (
    <search className="input people-search">
      <MagnifyingGlassIcon className="i s" aria-hidden="true" />
      <input
        type="text"
        aria-label={t("find")}
        placeholder={t("find")}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || query === "") return
          event.stopPropagation()
          onQuery("")
        }}
      />
      {query !== "" && (
        <IconButton
          small
          label={t("findNothing")}
          icon={<XIcon className="i s" aria-hidden="true" />}
          onClick={() => onQuery("")}
        />
      )}
    </search>
  )
}

interface PeopleFoundProps {
  guildId: Snowflake
  prefix: string
}

/** Members whose names begin so, here or not, by name. */
export const PeopleFound = ({ guildId, prefix }: PeopleFoundProps) => {
  const [settled, setSettled] = useState(prefix)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(prefix), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [prefix])
  return <Found key={settled} guildId={guildId} prefix={settled} />
}

const Found = ({ guildId, prefix }: PeopleFoundProps) => {
  const t = useTranslations("member")
  const tCommon = useTranslations("common")
  const { items, error, hasMore, loading, more, again } = useList((cursor) =>
    trpc.member.list.query({ guildId, prefix, ...(cursor !== undefined && { cursor }) }),
  )
  return (
    <div className="people-scroll people-matches">
      <Complaint error={error} retry={again} />
      <p className="unseen" role="status">
        {items && t("found", { n: items.length, more: hasMore ? "yes" : "no" })}
      </p>
      {items?.length === 0 ? (
        <p className="quiet people-none">{t("nobodyFound")}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- arrows walk through it
        <div role="list" aria-label={t("matches")} tabIndex={0} onKeyDown={onArrow}>
          {items?.map((row) => (
            <Match key={row.user.id} row={row} guildId={guildId} />
          ))}
        </div>
      )}
      {hasMore && (
        <Button size="small" look="bare" busy={loading} onClick={more}>
          {tCommon("showMore")}
        </Button>
      )}
    </div>
  )
}

/** They are in no group that would say whether they are here. */
const Match = ({ row, guildId }: { row: MemberRow; guildId: Snowflake }) => (
  <Person row={row} away={usePresence(row.user.id) === "offline"} guildId={guildId} />
)
