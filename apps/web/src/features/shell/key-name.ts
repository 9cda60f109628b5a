const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent)

/** What stands on the reader's keyboard. */
export const keyName = (key: string): string =>
  key === "mod" ? (isApple() ? "⌘" : "Ctrl") : key === "Alt" && isApple() ? "⌥" : key

/** A key with ⌘ or Ctrl, as it is written there. */
export const withMod = (key: string): string => `${keyName("mod")}${isApple() ? "" : " "}${key}`
