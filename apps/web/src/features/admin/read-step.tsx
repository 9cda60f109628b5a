"use client"
import { MAX_COUNTED, type Snowflake, type Trace } from "@hearth/core"
import { Button, EyeIcon, Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { PagedList } from "../shell/paged-list.tsx"
import { usePaged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"
import { Step } from "./step.tsx"

/** How many have read so far; who they are, for an administrator who may view the channel. */
export const ReadStep = ({ trace: { readers, members, place, channelId, seq } }: { trace: Trace }) => {
  const t = useTranslations("admin.trace.step")
  const [open, setOpen] = useState(false)
  return (
    <Step icon={<EyeIcon className="i s" aria-hidden="true" />} title={t("read")} told={readers > 0 ? "yes" : "notYet"}>
      <p>{t(members < MAX_COUNTED ? "readBy" : "readMany", { n: readers, of: members })}</p>
      {place && readers > 0 && !open && (
        <Button size="small" onClick={() => setOpen(true)}>
          {t("who")}
        </Button>
      )}
      {open && <Readers channelId={channelId} seq={seq} />}
    </Step>
  )
}

const Readers = ({ channelId, seq }: { channelId: Snowflake; seq: number }) => {
  const t = useTranslations("admin.trace.step")
  const tAct = useTranslations("act")
  const people = usePaged(["readers", channelId, String(seq)], (cursor) =>
    trpc.trace.readers.query({ channelId, seq, cursor, limit: 20 }),
  )
  return (
    <PagedList
      paged={people}
      label={t("readers")}
      loadingLabel={tAct("loading")}
      empty={t("nobodyRead")}
      row={({ id, displayName, portrait }) => (
        <li key={id} className="person">
          <Face id={id} name={displayName} portrait={portrait} size={28} />
          <span className="clip">{displayName}</span>
        </li>
      )}
    />
  )
}
