/** What each person's own screen looks like. Kept in a cookie, so that the server's first byte has it already. */
export interface Look {
  theme: "system" | "night" | "paper"
  contrast: "system" | "more" | "normal"
  density: "cosy" | "compact" | "roomy"
  glow: "on" | "off"
  text: "normal" | "large" | "larger"
}

export const LOOK_COOKIE = "hearth.look"
export const DEFAULT_LOOK: Look = { theme: "system", contrast: "system", density: "cosy", glow: "on", text: "normal" }

const allowed: { [K in keyof Look]: readonly Look[K][] } = {
  theme: ["system", "night", "paper"],
  contrast: ["system", "more", "normal"],
  density: ["cosy", "compact", "roomy"],
  glow: ["on", "off"],
  text: ["normal", "large", "larger"],
}

const pick = <K extends keyof Look>(key: K, value: string | undefined): Look[K] =>
  allowed[key].find((known) => known === value) ?? DEFAULT_LOOK[key]

/** "theme.contrast.density.glow.text"; whatever is not known is the default. */
export const parseLook = (cookie: string | undefined): Look => {
  const [theme, contrast, density, glow, text] = (cookie ?? "").split(".")
  return {
    theme: pick("theme", theme),
    contrast: pick("contrast", contrast),
    density: pick("density", density),
    glow: pick("glow", glow),
    text: pick("text", text),
  }
}

export const formatLook = ({ theme, contrast, density, glow, text }: Look): string =>
  [theme, contrast, density, glow, text].join(".")

/** Attributes of <html>. No theme: the tokens follow what the system says. */
export const lookAttributes = (look: Look) => ({
  "data-theme": look.theme === "system" ? undefined : look.theme,
  "data-contrast": look.contrast === "more" ? "more" : undefined,
  "data-density": look.density === "cosy" ? undefined : look.density,
  "data-glow": look.glow === "off" ? "off" : undefined,
  "data-text": look.text === "normal" ? undefined : look.text,
})
