"use client"
import { buttonClass, CaretLeftIcon, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Link } from "./link.tsx"

/** In place of a page of settings that is not there, or not for you. */
export const LoneNowhere = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("common")
  return (
    <main className="room lone">
      <EmptyState
        level={1}
        sun={false}
        title={t("nowhere.title")}
        actions={
          <Link className={buttonClass()} href="/">
            <CaretLeftIcon className="i s along" aria-hidden="true" />
            {t("toStart")}
          </Link>
        }
      >
        {children}
      </EmptyState>
    </main>
  )
}
