import type { AppError, ErrorCode } from "@hearth/core"
import { useLocale, useTranslations } from "next-intl"
import { useCallback } from "react"
import type { Texts } from "./catalogs.ts"
import { DEFAULT_LOCALE } from "./locales.ts"

type SentenceKey = keyof Texts["errors"]["sentences"]

/** How a sentence of core or of a server is found in `errors.sentences`: its words, with "n" for the number in it. */
export const sentenceKey = (sentence: string): { key: SentenceKey; n: number } => {
  // The gateway adds the part of the request: "The message is empty. (content)".
  const bare = sentence.replace(/\s*\([\w.]+\)$/, "")
  const number = /\d[\d,]*/
  const key = bare
    .replace(number, "n")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
  return { key: key as SentenceKey, n: Number(number.exec(bare)?.[0].replaceAll(",", "") ?? 0) }
}

/**
 * Core and servers speak English, one precise sentence a failure. Others read the same sentence in their language where there is
 * one, and else what its code means.
 */
export const useSentence = () => {
  const locale = useLocale()
  const t = useTranslations()
  return useCallback(
    (sentence: string, code?: ErrorCode, retryAfterMs = 0): string => {
      if (locale === DEFAULT_LOCALE) return sentence
      const { key, n } = sentenceKey(sentence)
      if (t.has(`errors.sentences.${key}`)) return t(`errors.sentences.${key}`, { n })
      return code ? t(`errors.codes.${code}`, { seconds: Math.ceil(retryAfterMs / 1000) }) : sentence
    },
    [locale, t],
  )
}

export const useErrorText = () => {
  const say = useSentence()
  return useCallback((error: AppError): string => say(error.message, error.code, error.retryAfterMs), [say])
}
