"use client"
import { Segmented, Switch } from "@hearth/ui"
import { useLook } from "./use-look.tsx"
import { SettingsSheet } from "./settings-page.tsx"

/** How Hearth looks in this browser. Everything takes effect at once. */
export const AppearanceSettings = () => {
  const { look, setLook } = useLook()
  return (
    <SettingsSheet title="Appearance" lead="How Hearth looks in this browser. Each takes effect at once.">
      <section aria-labelledby="look-theme">
        <h2 id="look-theme">Theme</h2>
        <Segmented
          label="Theme"
          value={look.theme}
          onChange={(theme) => setLook({ theme })}
          options={[
            { value: "system", label: "As the system" },
            { value: "night", label: "Night" },
            { value: "paper", label: "Paper" },
          ]}
        />
      </section>
      <section aria-labelledby="look-contrast">
        <h2 id="look-contrast">Contrast</h2>
        <Segmented
          label="Contrast"
          value={look.contrast}
          onChange={(contrast) => setLook({ contrast })}
          options={[
            { value: "system", label: "As the system" },
            { value: "normal", label: "Normal" },
            { value: "more", label: "More" },
          ]}
        />
      </section>
      <section aria-labelledby="look-text">
        <h2 id="look-text">Text size</h2>
        <Segmented
          label="Text size"
          value={look.text}
          onChange={(text) => setLook({ text })}
          options={[
            { value: "normal", label: "Normal" },
            { value: "large", label: "Large" },
            { value: "larger", label: "Larger" },
          ]}
        />
      </section>
      <section aria-labelledby="look-density">
        <h2 id="look-density">Density</h2>
        <Segmented
          label="Density"
          value={look.density}
          onChange={(density) => setLook({ density })}
          options={[
            { value: "compact", label: "Compact" },
            { value: "cosy", label: "Cosy" },
            { value: "roomy", label: "Roomy" },
          ]}
        />
      </section>
      <section aria-labelledby="look-glow">
        <h2 id="look-glow">Light</h2>
        <Switch
          label="Glow and firelight"
          help="Lively servers and channels are warm, and the open room is lit from below."
          checked={look.glow === "on"}
          onChange={(on) => setLook({ glow: on ? "on" : "off" })}
        />
      </section>
    </SettingsSheet>
  )
}
