"use client"
import { EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"

/** A page of settings for which one lacks the permission. */
export const NotYours = ({ title }: { title: string }) => {
  const t = useTranslations("guild")
  return (
    <EmptyState level={1} sun={false} title={title}>
      {t("notYours")}
    </EmptyState>
  )
}
