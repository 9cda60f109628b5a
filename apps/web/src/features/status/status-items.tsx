"use client"
import "./status.css"
import type { Chosen } from "@hearth/core"
import { MenuItem, MenuRadios, MenuSeparator, PresenceSign, useToast } from "@hearth/ui"
import { SmileyIcon } from "@phosphor-icons/react/dist/ssr/Smiley"
import { useTranslations } from "next-intl"
import { useAsk } from "../shell/dialogs.tsx"
import { useOwnStatus, useSetStatus } from "./own-status.ts"

const states = ["online", "idle", "dnd", "invisible"] as const

/** In one's own menu: how one is seen, and what one says beside one's name. */
export const StatusItems = () => {
  const t = useTranslations("status")
  const { state, custom } = useOwnStatus()
  const set = useSetStatus()
  const ask = useAsk()
  const { complain } = useToast()
  const choose = async (next: Chosen) => {
    try {
      await set({ state: next })
    } catch {
      complain(t("notChanged"))
    }
  }
  return (
    <>
      <MenuRadios
        label={t("state")}
        value={state}
        onChange={(next) => void choose(next)}
        options={states.map((value) => ({
          value,
          icon: (
            <span className="state-sign" aria-hidden="true">
              <PresenceSign state={value === "invisible" ? "offline" : value} label="" />
            </span>
          ),
          label: t(`states.${value}`),
        }))}
      />
      <MenuSeparator />
      <MenuItem
        icon={
          custom?.emoji ? (
            <span className="state-sign" aria-hidden="true">
              {custom.emoji}
            </span>
          ) : (
            <SmileyIcon className="i" aria-hidden="true" />
          )
        }
        onSelect={() => ask({ kind: "status" })}
      >
        {custom ? (
          <span className="grow clip" dir="auto">
            <span className="unseen">{`${t("set")}: ${custom.emoji ?? ""} `}</span>
            {custom.text || t("set")}
          </span>
        ) : (
          t("set")
        )}
      </MenuItem>
      <MenuSeparator />
    </>
  )
}
