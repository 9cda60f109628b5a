"use client"
import { ToastProvider, TooltipProvider } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { HearthProvider } from "../message/hearth-provider.tsx"
import { AddressProvider } from "./address-provider.tsx"
import { DialogsProvider } from "./dialogs.tsx"
import { useFocusKeeper } from "./use-focus-keeper.ts"
import { VoiceProvider } from "./voice.tsx"

interface Props {
  /** What stands there until the first snapshot, of a room and of settings: drawn by the server, no code for browsers. */
  loading: { room: ReactNode; settings: ReactNode }
  children: ReactNode
}

/** Around all pages of who is signed in: data, and what floats. */
export const AppFrame = ({ loading, children }: Props) => {
  const t = useTranslations("common")
  const isSettings = /^(\/admin|(\/s\/[^/]+)?\/settings)(\/|$)/.test(usePathname())
  useFocusKeeper()
  return (
    <TooltipProvider>
      <ToastProvider label={t("notifications")} closeLabel={t("close")}>
        <HearthProvider fallback={isSettings ? loading.settings : loading.room}>
          <VoiceProvider>
            <AddressProvider>
              <DialogsProvider>{children}</DialogsProvider>
            </AddressProvider>
          </VoiceProvider>
        </HearthProvider>
      </ToastProvider>
    </TooltipProvider>
  )
}
