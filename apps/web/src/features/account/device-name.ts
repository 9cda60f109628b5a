const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
]
const find = (table: [RegExp, string][], ua: string) => table.find(([pattern]) => pattern.test(ua))?.[1]

export interface DeviceWords {
  both: (browser: string, system: string) => string
  unknown: string
}

/** What a browser said it is, in words that people know: "Firefox on Linux". */
export const deviceName = (userAgent: string, words: DeviceWords): string => {
  const browser = find(browsers, userAgent)
  const system = find(systems, userAgent)
  if (browser && system) return words.both(browser, system)
  return browser ?? system ?? (userAgent.trim() ? userAgent.trim().slice(0, 60) : words.unknown)
}

export const isPhone = (userAgent: string): boolean => /\bMobile\b|\biPhone\b|\bAndroid\b/.test(userAgent)
