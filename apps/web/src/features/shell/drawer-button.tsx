"use client"
import { CaretLeftIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { usePanes } from "./panes-context.ts"

/** Below 720 px servers and channels are behind this. */
export const DrawerButton = () => {
  const { drawer, setDrawer } = usePanes()
  const t = useTranslations("shell")
  return (
    <button
      type="button"
      className="ib only-narrow"
      aria-label={t("drawer")}
      id="drawer-toggle"
      aria-expanded={drawer}
      aria-controls="drawer"
      onClick={() => setDrawer(!drawer)}
    >
      <CaretLeftIcon className="i along" aria-hidden="true" />
    </button>
  )
}
