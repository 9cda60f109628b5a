"use client"
import type { FriendAsk } from "@hearth/core"
import {
  Button,
  DotsThreeIcon,
  EmptyState,
  Face,
  IconButton,
  Menu,
  onDemand,
  useOnDemand,
  UserPlusIcon,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { PagedList } from "../shell/paged-list.tsx"
import { useKeptFocus } from "../shell/use-kept-focus.ts"
import { trpc } from "../trpc/index.ts"
import { shownCode } from "./code.ts"
import { useAnswer } from "./use-answer.ts"
import { useFriendAsks } from "./use-friends.ts"

const menu = onDemand(() => import("./ask-items.tsx"))
const reportDialog = onDemand(() => import("../report/report-dialog.tsx"))

/** Who asks to be a friend, and whom one asked. */
export const FriendAsks = () => {
  const t = useTranslations("friend")
  const [incoming, outgoing] = [useFriendAsks("in"), useFriendAsks("out")]
  const nothing = [incoming, outgoing].every(({ items, error }) => items?.length === 0 && !error)
  const kept = useKeptFocus()
  return (
    <div className="col asks" ref={kept}>
      {nothing && <EmptyState title={t("noRequests")}>{t("noRequestsLead")}</EmptyState>}
      {(incoming.items?.length !== 0 || incoming.error) && (
        <section aria-labelledby="friend-asks-in">
          <h2 className="group" id="friend-asks-in">
            {t("incoming")}
          </h2>
          <PagedList
            paged={incoming}
            label={t("incoming")}
            loadingLabel={t("loading")}
            empty={null}
            row={(item) => <Incoming key={item.id} item={item} />}
          />
        </section>
      )}
      {(outgoing.items?.length !== 0 || outgoing.error) && (
        <section aria-labelledby="friend-asks-out">
          <h2 className="group" id="friend-asks-out">
            {t("outgoing")}
          </h2>
          <PagedList
            paged={outgoing}
            label={t("outgoing")}
            loadingLabel={t("loading")}
            empty={null}
            row={(item) => <Outgoing key={item.id} item={item} />}
          />
        </section>
      )}
    </div>
  )
}

const Incoming = ({ item: { id: requestId, user } }: { item: FriendAsk }) => {
  const t = useTranslations("friend")
  const tTalk = useTranslations("conversation")
  const answer = useAnswer()
  const [reporting, setReporting] = useState(false)
  const dialog = useOnDemand(reportDialog, reporting, () => setReporting(false))
  if (!user) return null
  const name = user.displayName
  return (
    <li className="line friend">
      <Face id={user.id} name={name} portrait={user.portrait} size={32} />
      <span className="grow">
        <span className="name clip" dir="auto" title={name}>
          {name}
        </span>
        <span className="hint clip">{t("asks")}</span>
      </span>
      <span className="row">
        <Button
          size="small"
          aria-label={t("acceptNamed", { name })}
          onClick={() => void answer(trpc.friend.accept.mutate({ requestId }), t("accepted", { name }))}
        >
          {tTalk("accept")}
        </Button>
        <Button
          size="small"
          look="bare"
          aria-label={t("declineNamed", { name })}
          onClick={() => void answer(trpc.friend.decline.mutate({ requestId }))}
        >
          {tTalk("decline")}
        </Button>
        <Menu
          align="end"
          trigger={
            <IconButton
              label={t("more", { name })}
              icon={<DotsThreeIcon className="i" weight="bold" aria-hidden="true" />}
            />
          }
          items={menu}
        >
          {({ AskItems }) => <AskItems user={user} onReport={() => setReporting(true)} />}
        </Menu>
      </span>
      {dialog && (
        <dialog.ReportDialog user={user} about="friend-request" open={reporting} onOpenChange={setReporting} />
      )}
    </li>
  )
}

const Outgoing = ({ item: { id: requestId, user, code, at } }: { item: FriendAsk }) => {
  const t = useTranslations("friend")
  const formats = useFormats()
  const answer = useAnswer()
  const name = user?.displayName ?? (code && shownCode(code)) ?? ""
  return (
    <li className="line friend">
      {user ? (
        <Face id={user.id} name={name} portrait={user.portrait} size={32} />
      ) : (
        <span className="by-code">
          <UserPlusIcon className="i" aria-hidden="true" />
        </span>
      )}
      <span className="grow">
        <span className={user ? "name clip" : "name clip letters"} dir="auto" title={name}>
          {name}
        </span>
        <span className="hint clip">{t(user ? "askedOn" : "askedByCode", { time: formats.date(at) })}</span>
      </span>
      <Button
        size="small"
        look="bare"
        aria-label={t("takeBackNamed", { name })}
        onClick={() => void answer(trpc.friend.cancel.mutate({ requestId }))}
      >
        {t("takeBack")}
      </Button>
    </li>
  )
}
