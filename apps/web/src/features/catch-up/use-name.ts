import { useTranslations } from "next-intl"
import type { Entry } from "./entries.ts"

/** What an entry is called. */
export const useName = ({ item, channel }: Entry): string => {
  const t = useTranslations("thread")
  return item.thread ? t("inChannel", { channel: channel.name }) : channel.name
}
