import { useLocale } from "next-intl"

const units = [
  ["hour", 3600],
  ["minute", 60],
] as const

/** "30 seconds", "2 hours": a length of time in the largest unit that it is whole in. */
export const lengthOf = (seconds: number, locale: string): string => {
  const [unit, size] = units.find(([, s]) => seconds >= s && seconds % s === 0) ?? (["second", 1] as const)
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size)
}

export const useLengthOf = (): ((seconds: number) => string) => {
  const locale = useLocale()
  return (seconds) => lengthOf(seconds, locale)
}
