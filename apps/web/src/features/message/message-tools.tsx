"use client"

import type { Message } from "@hearth/core"
import { Button, DotsThreeIcon, IconButton, Keys, Menu, MenuItem, MenuSeparator } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { Fragment, useEffect, useEffectEvent, useRef, useState } from "react"
import { QuickReactions } from "./quick-reactions.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import type { RowContext } from "./row-context.ts"
import { PRESS } from "./tools-door.ts"
import { useActs } from "./use-acts.tsx"

export { reactedBy } from "./reacted-by.ts"

interface Props {
  message: Message
  context: RowContext
}

/** What can be done with a message: the most used in a row, all else in a menu, and a key for each. */
export const MessageTools = ({ message, context }: Props) => {
  const t = useTranslations("message")
  const tAct = useTranslations("act")
  const bar = useRef<HTMLDivElement>(null)
  const [asks, setAsks] = useState<"delete" | "react" | null>(null)
  const openDialog = useAsk()
  const acts = useActs(message, context, (what) => {
    const anchor = bar.current?.closest("article")
    if (what !== "profile") setAsks(what)
    else if (anchor) openDialog({ kind: "profile", userId: message.authorId, anchor, guildId: context.guildId })
  })
  const beside = acts.filter((act) => act.place === "bar")
  const inMenu = acts.filter((act) => act.place !== "bar")

  const press = useEffectEvent((tool: string) => acts.find((act) => act.tool === tool)?.run())
  useEffect(() => {
    const el = bar.current
    const article = el?.closest("article")
    if (!el || !article) return
    const onPress = (event: Event) => press(String((event as CustomEvent).detail))
    el.addEventListener(PRESS, onPress)
    // What was pressed before the tools were there.
    const { press: early } = article.dataset
    delete article.dataset["press"]
    if (early) press(early)
    return () => el.removeEventListener(PRESS, onPress)
  }, [])

  const backToMessage = () => {
    bar.current?.closest("article")?.focus({ preventScroll: true })
    setAsks(null)
  }
  return (
    <div
      ref={bar}
      className="tools"
      role="toolbar"
      aria-label={t("tools")}
      onBlur={({ currentTarget, relatedTarget }) => {
        // What it opened is its own, though it lies elsewhere in the page.
        if (!currentTarget.contains(relatedTarget) && !relatedTarget?.closest(".popover")) setAsks(null)
      }}
    >
      {asks === "react" ? (
        <QuickReactions message={message} onDone={backToMessage} />
      ) : (
        <>
          {beside.map((act) =>
            act.tool === "delete" && asks === "delete" ? (
              <Button
                key="sure"
                size="small"
                look="danger-quiet"
                onClick={act.confirmed}
                ref={(button) => button?.focus()}
              >
                {t("deleteIt")}
              </Button>
            ) : (
              <IconButton
                key={act.tool}
                small
                label={act.label}
                keys={act.keys}
                data-tool={act.tool}
                aria-keyshortcuts={act.shortcut}
                icon={act.icon}
                onClick={act.run}
              />
            ),
          )}
          <Menu
            align="end"
            trigger={
              <IconButton
                small
                label={tAct("more")}
                icon={<DotsThreeIcon className="i s" weight="bold" aria-hidden="true" />}
              />
            }
          >
            {inMenu.map((act, i) => (
              <Fragment key={act.tool}>
                {i > 0 && act.place !== inMenu[i - 1]?.place && <MenuSeparator />}
                <MenuItem icon={act.icon} onSelect={act.run}>
                  {act.label}
                  {act.keys && <Keys>{act.keys}</Keys>}
                </MenuItem>
              </Fragment>
            ))}
          </Menu>
        </>
      )}
    </div>
  )
}
