"use client"
import { PasswordField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ComponentProps } from "react"

/** A password that can be looked at, in the reader's language. */
export const PasswordInput = (props: Omit<ComponentProps<typeof PasswordField>, "showLabel" | "hideLabel">) => {
  const t = useTranslations("common")
  return <PasswordField showLabel={t("showPassword")} hideLabel={t("hidePassword")} {...props} />
}
