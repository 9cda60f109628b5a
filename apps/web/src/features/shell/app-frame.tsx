"use client"
import { ToastProvider, TooltipProvider } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { HearthProvider } from "../message/hearth-provider.tsx"
import { AddressProvider } from "./address-provider.tsx"
import { DialogsProvider } from "./dialogs.tsx"
import { LoadingSettings } from "./loading-settings.tsx"
import { LoadingShell } from "./loading-shell.tsx"
import { useFocusKeeper } from "./use-focus-keeper.ts"
import { VoiceProvider } from "./voice.tsx"

/** Around all pages of who is signed in: data, what floats, and what stands there until the first snapshot. */
export const AppFrame = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("common")
  const isSettings = /^(\/s\/[^/]+)?\/settings(\/|$)/.test(usePathname())
  useFocusKeeper()
  return (
    <TooltipProvider>
      <ToastProvider label={t("notifications")} closeLabel={t("close")}>
        <HearthProvider fallback={isSettings ? <LoadingSettings /> : <LoadingShell />}>
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
