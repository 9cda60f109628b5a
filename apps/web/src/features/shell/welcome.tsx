"use client"
import { Button, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { useAsk } from "./dialogs.tsx"
import { DrawerButton } from "./drawer-button.tsx"

/** Signed in, and in no server yet. */
export const Welcome = () => {
  const t = useTranslations("shell")
  const ask = useAsk()
  const name = useBootstrap((b) => b.me.displayName)
  const instance = useBootstrap((b) => b.instance.name)
  const none = useBootstrap((b) => b.guilds.every((g) => g.conversation))
  // With servers one is about to be led into one of them.
  if (!none) return <main className="room" id="room" tabIndex={-1} aria-label={instance} />
  return (
    <main className="room fire" id="room" data-glow="0" tabIndex={-1} aria-label={instance}>
      <header className="bar">
        <DrawerButton />
        <p className="quiet">{instance}</p>
      </header>
      <EmptyState
        level={1}
        title={t("welcome", { name })}
        actions={
          <>
            <Button look="ember" onClick={() => ask({ kind: "create-guild" })}>
              {t("createServer")}
            </Button>
            <Button onClick={() => ask({ kind: "join" })}>{t("joinByInvite")}</Button>
          </>
        }
      >
        {t("welcomeLead")}
      </EmptyState>
    </main>
  )
}
