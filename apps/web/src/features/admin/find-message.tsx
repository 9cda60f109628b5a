"use client"
import { Button, MagnifyingGlassIcon, TextField } from "@hearth/ui"
import type { AppError, FoundMessages, Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { type FormEvent, useEffect, useRef, useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import { Link } from "../shell/link.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import { type MessageAddress, readAsked, traceHref } from "./asked-message.ts"

type Search =
  | { state: "idle" | "odd" }
  | { state: "looking" | "nothing"; looked: number }
  | { state: "several"; found: FoundMessages["found"] }
  | { state: "failed"; error: AppError }

/** Takes a link, an id, or a channel and a number, and leads to the page of that message. */
export const FindMessage = ({ at }: { at: MessageAddress | null }) => {
  const t = useTranslations("admin.trace")
  const router = useRouter()
  const [text, setText] = useState(at ? `${at.channelId} ${at.seq}` : "")
  const [search, setSearch] = useState<Search>({ state: "idle" })
  /** Only the last search may say something, and none after the page is gone. */
  const turn = useRef(0)
  useEffect(() => () => void turn.current++, [])

  const look = async (messageId: Snowflake, channelId?: Snowflake): Promise<void> => {
    const mine = ++turn.current
    let looked = 0
    let cursor: string | undefined
    setSearch({ state: "looking", looked })
    try {
      do {
        const page: FoundMessages = await trpc.trace.find.query({ messageId, channelId, cursor })
        if (turn.current !== mine) return
        looked += page.looked
        const [first, second] = page.found
        if (first && second) return setSearch({ state: "several", found: page.found })
        if (first) {
          setSearch({ state: "idle" })
          return router.push(traceHref(first))
        }
        setSearch({ state: "looking", looked })
        cursor = page.next ?? undefined
      } while (cursor)
      setSearch({ state: "nothing", looked })
    } catch (error) {
      if (turn.current === mine) setSearch({ state: "failed", error: toAppError(error) })
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const asked = readAsked(text)
    if (!asked) return setSearch({ state: "odd" })
    if (asked.kind === "id") return void look(asked.messageId, asked.channelId)
    turn.current++
    setSearch({ state: "idle" })
    router.push(traceHref(asked.at))
  }

  return (
    <section aria-label={t("ask")}>
      <form onSubmit={submit} role="search">
        <TextField
          label={t("ask")}
          help={t("help")}
          error={search.state === "odd" ? t("notOne") : undefined}
          before={<MagnifyingGlassIcon className="i s" aria-hidden="true" />}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value)
            if (search.state === "odd") setSearch({ state: "idle" })
          }}
        />
        <Button type="submit" look="ember" busy={search.state === "looking"}>
          {t("look")}
        </Button>
      </form>
      <div role="status">
        {search.state === "looking" && <p className="hint">{t("looked", { n: search.looked })}</p>}
        {search.state === "nothing" && <p>{t("notFound", { n: search.looked })}</p>}
      </div>
      {search.state === "failed" && <Complaint error={search.error} />}
      {search.state === "several" && (
        <ul className="rows" aria-label={t("several")}>
          {search.found.map((one) => (
            <li key={one.channelId}>
              <Link className="line" href={traceHref(one)}>
                {t("inChannel", { seq: one.seq, channel: one.channelId })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
