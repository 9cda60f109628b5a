"use client"
import { Banner, CloudSlashIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { ConnectionBanner } from "./connection-banner.tsx"
import { DrawerButton } from "./drawer-button.tsx"

/** Where a page will be whose code is on its way. `missing`: it did not come, and is tried again until it does. */
export const ToCome = ({ title, missing }: { title: string; missing: boolean }) => {
  const t = useTranslations("shell")
  return (
    <main className="room" id="room" tabIndex={-1} aria-label={title}>
      {missing && (
        <>
          <header className="bar">
            <DrawerButton />
            <div className="where">
              <h1 className="clip">{title}</h1>
            </div>
          </header>
          <div className="flow">
            <div className="col not-loaded" role="status">
              <Banner tone="warn" icon={<CloudSlashIcon className="i" aria-hidden="true" />} title={t("notCome")}>
                {t("comesLater")}
              </Banner>
            </div>
          </div>
          <ConnectionBanner writing={false} silent />
        </>
      )}
    </main>
  )
}
