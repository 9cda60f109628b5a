"use client"
import "./friend.css"
import { Button, EmptyState, onDemand, Segmented, useAway, useOnDemand, UserPlusIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { AllFriends, FriendsHere } from "./friend-lists.tsx"

const adder = onDemand(() => import("./add-friend-dialog.tsx"))
const asks = onDemand(() => import("./friend-asks.tsx"))
const blocked = onDemand(() => import("./blocked-people.tsx"))

const parts = ["here", "all", "requests", "blocked"] as const
type Part = (typeof parts)[number]

/** Friends: who is here, all of them, who asks, and whom one does not want to hear of. */
export const FriendsRoom = () => {
  const t = useTranslations("friend")
  const asked = useBootstrap((b) => b.asked ?? 0)
  const hasFriends = useBootstrap((b) => b.friends !== undefined)
  // Who came for a request finds it first.
  const [part, setPart] = useState<Part>(asked > 0 && !hasFriends ? "requests" : "here")
  const [adding, setAdding] = useState(false)
  const add = () => setAdding(true)
  const gone = useAway()
  const dialog = useOnDemand(adder, adding, gone)
  const asking = useOnDemand(asks, part === "requests", gone)
  const hidden = useOnDemand(blocked, part === "blocked", gone)
  return (
    <main className="room friends" id="room" tabIndex={-1} aria-label={t("title")}>
      <header className="bar">
        <DrawerButton />
        <div className="where">
          <h1 className="clip">{t("title")}</h1>
        </div>
        <span className="grow" />
        <Button size="small" onClick={add}>
          <UserPlusIcon className="i s" aria-hidden="true" />
          {t("add")}
        </Button>
      </header>
      <div className="col which">
        <Segmented
          label={t("which")}
          value={part}
          options={parts.map((value) => ({
            value,
            label: value === "requests" && asked > 0 ? t("requestsCounted", { n: asked }) : t(value),
          }))}
          onChange={setPart}
        />
      </div>
      <div className="friends-list">
        {part === "here" ? (
          <FriendsHere onAdd={add} />
        ) : part === "all" ? (
          <AllFriends onAdd={add} />
        ) : part === "requests" ? (
          asking && <asking.FriendAsks />
        ) : (
          hidden && (
            <hidden.BlockedPeople
              className="col"
              empty={<EmptyState title={t("noneBlocked")}>{t("noneBlockedLead")}</EmptyState>}
            />
          )
        )}
      </div>
      {dialog && <dialog.AddFriendDialog open={adding} onOpenChange={setAdding} onAsked={() => setPart("requests")} />}
    </main>
  )
}
